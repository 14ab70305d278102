package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.EchoTotals.CodeTotal;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

  private final Tally tally = new Tally();

  @Test
  void before_the_first_answer_the_commonest_one_is_counted_zero_times() {
    assertThat(tally.totals(3).loop()).isEqualTo(3);
    assertThat(tally.totals(3).methods())
        .singleElement()
        .satisfies(
            method -> {
              assertThat(method.method()).isEqualTo("GET");
              assertThat(method.codes()).containsExactly(new CodeTotal(200, 0));
              assertThat(method.latency().count()).isZero();
            });
  }

  @Test
  void answers_are_counted_by_method_and_code() {
    tally.count(HttpMethod.GET, 200, 1);
    tally.count(HttpMethod.GET, 200, 1);
    tally.count(HttpMethod.GET, 599, 1);
    tally.count(HttpMethod.POST, 200, 1);

    EchoTotals totals = tally.totals(0);

    assertThat(totals.methods()).extracting("method").containsExactly("GET", "POST");
    assertThat(totals.methods().get(0).codes())
        .containsExactly(new CodeTotal(200, 2), new CodeTotal(599, 1));
    assertThat(totals.methods().get(0).latency().count()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,GET", "HEAD,HEAD", "POST,POST", "PUT,PUT", "DELETE,DELETE", "CONNECT,CONNECT",
    "OPTIONS,OPTIONS", "TRACE,TRACE", "PATCH,PATCH", "get,OTHER", "PROPFIND,OTHER", "X,OTHER"
  })
  void a_method_that_is_no_label_is_other(String method, String label) {
    tally.count(HttpMethod.valueOf(method), 200, 1);

    assertThat(tally.totals(0).methods())
        .filteredOn(counted -> counted.latency().count() == 1)
        .singleElement()
        .extracting("method")
        .isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "100000,0", "100001,1", "30000000000,16", "30000000001,17"})
  void a_latency_falls_in_the_bucket_whose_bound_includes_it(long nanos, int bucket) {
    tally.count(HttpMethod.GET, 200, nanos);

    long[] counts = tally.totals(0).methods().get(0).latency().counts();

    assertThat(counts[bucket]).isEqualTo(1);
    assertThat(tally.totals(0).methods().get(0).latency().sumSeconds()).isEqualTo(nanos / 1e9);
  }
}
