package dev.echosounder.access;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.echosounder.access.Users.Verdict;
import dev.echosounder.settings.Secret;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

  private final Vertx vertx = Vertx.vertx();
  private final Users users = onLoop(() -> new Users(vertx));

  @AfterEach
  void close() {
    Waiting.on(vertx.close());
  }

  /** Everything happens on one event loop, as in a verticle. */
  private <T> T onLoop(Supplier<T> action) {
    return Waiting.on(loop(() -> Future.succeededFuture(action.get())));
  }

  private <T> Future<T> loop(Supplier<Future<T>> action) {
    return Future.future(
        promise -> context().runOnContext(any -> action.get().onComplete(promise)));
  }

  private io.vertx.core.Context context;

  private io.vertx.core.Context context() {
    if (context == null) {
      context = vertx.getOrCreateContext();
    }
    return context;
  }

  private void configure(Map<String, Secret> hashes) {
    onLoop(
        () -> {
          users.configure(hashes);
          return true;
        });
  }

  private Verdict check(String header) {
    return Waiting.on(loop(() -> users.check(header)));
  }

  private Verdict check(String user, String password) {
    return check(basic(user + ":" + password));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Secret hash(int cost, String password) {
    return new Secret(BCrypt.withDefaults().hashToString(cost, password.toCharArray()));
  }

  /** As the C library of the system hashes, whose bcrypt htpasswd's is as well. */
  @ParameterizedTest
  @CsvSource({
    "secret, $2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "71, $2b$04$abcdefghijklmnopqrstuu.gc7UY/21CSNJGJg21jJzx9QiOpJ9bO",
    "72, $2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i",
    "80, $2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i",
    "p\u00e4:ss, $2a$04$abcdefghijklmnopqrstuuhC0bPoUtF5o8bp2gaL0R3/vQ51MSUoO",
  })
  void a_password_is_checked_as_everywhere(String password, String hash) {
    String sent = password.matches("\\d+") ? "x".repeat(Integer.parseInt(password)) : password;
    configure(Map.of("ada", new Secret(hash)));

    assertThat(check("ada", sent)).isEqualTo(Verdict.GOOD);
    assertThat(check("ada", "y" + sent.substring(1))).isEqualTo(Verdict.BAD);
    assertThat(check("bob", sent)).isEqualTo(Verdict.BAD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YWRh", // "ada"
        "Basic /////w==",
        "Bearer YWRhOnNlY3JldA==",
        "BasicYWRhOnNlY3JldA==",
        "Basic YWRhOnNlY3JldA== x",
        "Basic YWRhOg==", // no password
      })
  void what_is_no_user_with_a_password_is_bad(String header) {
    configure(Map.of("ada", hash(4, "secret")));

    assertThat(check(header)).isEqualTo(Verdict.BAD);
    assertThat(check((String) null)).isEqualTo(Verdict.BAD);
    assertThat(check("basic YWRhOnNlY3JldA==")).isEqualTo(Verdict.GOOD);
  }

  @Test
  void a_header_that_is_too_long_is_bad_at_once() {
    configure(Map.of("ada", hash(4, "secret")));

    assertThat(check("ada", "x".repeat(4096))).isEqualTo(Verdict.BAD);
  }

  @Test
  void a_good_password_is_remembered_as_long_as_it_is_good() {
    Secret hash = hash(4, "secret");
    configure(Map.of("ada", hash, "bob", hash));

    assertThat(check("ada", "secret")).isEqualTo(Verdict.GOOD);
    assertThat(onLoop(() -> users.check(basic("ada:secret")).isComplete())).isTrue();
    assertThat(onLoop(() -> users.check(basic("ada:wrong")).isComplete())).isFalse();
    assertThat(onLoop(() -> users.check(basic("bob:secret")).isComplete())).isFalse();

    configure(Map.of("bob", hash));
    assertThat(check("ada", "secret")).isEqualTo(Verdict.BAD);
    configure(Map.of("ada", hash(4, "other")));
    assertThat(check("ada", "secret")).isEqualTo(Verdict.BAD);
    assertThat(check("ada", "other")).isEqualTo(Verdict.GOOD);
  }

  @Test
  void more_checks_than_may_wait_are_refused_and_later_ones_are_not() {
    configure(Map.of("ada", hash(8, "secret")));

    List<Verdict> verdicts =
        Waiting.on(
                loop(
                    () -> {
                      List<Future<Verdict>> checks = new ArrayList<>();
                      for (int i = 0; i < 40; i++) {
                        checks.add(users.check(basic("ada:guess" + i)));
                      }
                      return Future.all(checks);
                    }))
            .list();

    assertThat(Collections.frequency(verdicts, Verdict.BAD)).isEqualTo(16);
    assertThat(Collections.frequency(verdicts, Verdict.BUSY)).isEqualTo(24);
    assertThat(check("ada", "secret")).isEqualTo(Verdict.GOOD);
  }

  @Test
  void one_who_is_no_user_costs_as_much_as_one_who_is() {
    configure(Map.of("ada", hash(10, "secret")));
    check("ada", "warm");

    long known = nanos(() -> check("ada", "wrong"));
    long unknown = nanos(() -> check("eve", "wrong"));

    System.out.printf("password of a user %d us, of nobody %d us%n", known / 1000, unknown / 1000);
    // A hash takes tens of milliseconds; without one it would be microseconds.
    assertThat(unknown).isGreaterThan(known / 10);
  }

  private static long nanos(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return System.nanoTime() - start;
  }
}
