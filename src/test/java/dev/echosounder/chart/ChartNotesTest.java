package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads after the installation. */
class ChartNotesTest {

  private static final Pattern FORWARD = Pattern.compile("service/(\\S+) \\d+:(\\d+)\n");
  private static final Pattern DEPLOYMENT = Pattern.compile(" deployment/([\\w-]+)");

  static Stream<Path> matrix() {
    return Chart.matrix();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_service_and_deployment_that_is_named_is_there(Path values) {
    Manifests manifests = Chart.render(values);
    String notes = Chart.notes(values);

    List<String> forwards = found(FORWARD, notes);
    assertThat(forwards).hasSize(2);
    assertThat(manifests.of(Service.class)).map(ChartNotesTest::forward).containsAll(forwards);
    assertThat(manifests.of(Deployment.class))
        .map(deployment -> deployment.getMetadata().getName())
        .containsAll(found(DEPLOYMENT, notes));
  }

  private static String forward(Service service) {
    return "service/%s 0:%d\n"
        .formatted(service.getMetadata().getName(), service.getSpec().getPorts().get(0).getPort());
  }

  private static List<String> found(Pattern pattern, String notes) {
    Matcher matcher = pattern.matcher(notes);
    return matcher
        .results()
        .map(
            result ->
                pattern == FORWARD
                    ? "service/%s 0:%s\n".formatted(result.group(1), result.group(2))
                    : result.group(1))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default | The one pod of deployment/shop-echosounder echoes and probes (prober.mode: auto).",
        "default | /queryurl, /probe and /history are asked at service/shop-echosounder.",
        "ingress | /queryurl, /probe and /history are asked at service/shop-echosounder-management.",
        "replicas | so /queryurl, /probe and /history are asked at service/shop-echosounder-prober.",
        "separate | (prober.mode: separate)",
        "autoscaling | kubectl get --raw \"/apis/custom.metrics.k8s.io/v1beta1/namespaces/demo/pods/*/avg_requests\"",
        "autoscaling | kubectl --namespace demo describe hpa shop-echosounder",
        "autoscaling | kubectl --namespace demo scale deployment/shop-echosounder-siege --replicas=0",
        "keda | namespaces/demo/s0-prometheus?labelSelector=scaledobject.keda.sh%2Fname%3Dshop-echosounder\"",
        "keda | kubectl --namespace demo get hpa keda-hpa-shop-echosounder --watch",
        "keda | add siege.enabled: true to your values",
        "node-port | WARNING: who reaches the echo routes from outside reaches /metrics",
        "web | curl --insecure --user USER https://localhost:8081/queryurl",
        "web-client-certificates | curl --insecure --cert CERTIFICATE --key KEY https://localhost:8080/any/route",
      })
  void they_say_what_there_is(String values, String sentence) {
    assertThat(Chart.notes(Chart.values(values))).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "default,WARNING",
    "ingress,WARNING",
    "default,hpa",
    "keda,custom.metrics",
    "web,WARNING"
  })
  void they_say_no_more(String values, String word) {
    assertThat(Chart.notes(Chart.values(values))).doesNotContain(word);
  }
}
