package dev.echosounder.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.echosounder.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells users by their passwords. A check takes tens of milliseconds by design of bcrypt, the same
 * whether there is such a user or not, and is done by one thread of its own, for all event loops; a
 * good one is remembered. Used on one event loop only.
 */
public final class Users {

  private static final String POOL = "passwords";

  /** Checks of one event loop that may wait for the thread. */
  private static final int MOST_WAITING = 16;

  /** What became of a check. */
  public enum Verdict {
    GOOD,
    BAD,
    /** Too many are being checked. */
    BUSY
  }

  private final WorkerExecutor worker;
  private final GoodPasswords known = new GoodPasswords();
  private Map<String, Secret> hashes = Map.of();
  private List<Secret> decoys = List.of();
  private int waiting;

  /** For the verticle whose context this is called on; the thread ends with the last such. */
  public Users(Vertx vertx) {
    this.worker = vertx.createSharedWorkerExecutor(POOL, 1);
  }

  /** Puts users in force: hashes by bcrypt, by name. */
  public void configure(Map<String, Secret> users) {
    hashes = users;
    decoys = users.values().stream().distinct().toList();
  }

  /** Whether there are any; if not, anybody may ask. */
  public boolean any() {
    return !hashes.isEmpty();
  }

  /**
   * Checks what a client says of itself; never fails.
   *
   * @param authorization the header's value, or null without one
   */
  public Future<Verdict> check(String authorization) {
    return BasicCredentials.parse(authorization)
        .map(this::check)
        .orElseGet(() -> Future.succeededFuture(Verdict.BAD));
  }

  private Future<Verdict> check(BasicCredentials credentials) {
    Optional<Secret> own = Optional.ofNullable(hashes.get(credentials.user()));
    Secret hash = own.orElseGet(() -> decoy(credentials.user()));
    GoodPasswords.Key key = known.key(credentials, hash);
    if (own.isPresent() && known.has(key)) {
      return Future.succeededFuture(Verdict.GOOD);
    }
    if (waiting >= MOST_WAITING) {
      return Future.succeededFuture(Verdict.BUSY);
    }
    waiting++;
    return worker
        .executeBlocking(() -> matches(credentials.password(), hash), false)
        .otherwise(false)
        .map(
            matches -> {
              waiting--;
              if (!matches || own.isEmpty()) {
                return Verdict.BAD;
              }
              known.add(key);
              return Verdict.GOOD;
            });
  }

  /**
   * The hash that the password of a user who is none is checked against: always the same one of a
   * user who is, so that costs tell no more than that these are the costs of some.
   */
  private Secret decoy(String user) {
    return decoys.get(Math.floorMod(known.number(user), decoys.size()));
  }

  /** As bcrypt does it everywhere: of a longer password the first 72 bytes, without an end. */
  private static boolean matches(Secret password, Secret hash) {
    byte[] bytes = password.value().getBytes(StandardCharsets.UTF_8);
    BCrypt.Version version =
        bytes.length < BCrypt.Version.MAX_PW_LENGTH_BYTE
            ? BCrypt.Version.VERSION_2Y
            : BCrypt.Version.VERSION_2Y_NO_NULL_TERMINATOR;
    return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
        .verify(bytes, hash.value().getBytes(StandardCharsets.US_ASCII))
        .verified;
  }
}
