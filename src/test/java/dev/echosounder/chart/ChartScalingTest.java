package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many echo, and how many stay. */
class ChartScalingTest {

  private static final String ECHO = "shop-echosounder";

  static Stream<Path> matrix() {
    return Chart.matrix();
  }

  @Test
  void the_autoscaler_goes_by_the_requests_of_the_echo_pods() {
    Manifests manifests = Chart.render(Chart.values("autoscaling"));

    var spec = manifests.one(HorizontalPodAutoscaler.class, ECHO).getSpec();
    assertThat(spec.getScaleTargetRef().getName()).isEqualTo(ECHO);
    assertThat(spec.getMinReplicas()).isEqualTo(2);
    assertThat(spec.getMaxReplicas()).isEqualTo(6);
    assertThat(spec.getMetrics()).hasSize(1);
    var pods = spec.getMetrics().get(0).getPods();
    assertThat(pods.getMetric().getName()).isEqualTo("avg_requests");
    assertThat(pods.getTarget().getType()).isEqualTo("AverageValue");
    assertThat(pods.getTarget().getAverageValue()).hasToString("50");
    assertThat(spec.getBehavior().getScaleUp().getPolicies()).isNotEmpty();
    assertThat(spec.getBehavior().getScaleDown().getPolicies()).isNotEmpty();
    assertThat(manifests.one(Deployment.class, ECHO).getSpec().getReplicas()).isNull();
  }

  @Test
  void keda_asks_prometheus_for_the_same() {
    Manifests manifests = Chart.render(Chart.values("keda"));

    var spec = manifests.one(ScaledObject.class, ECHO).spec();
    assertThat(spec.scaleTargetRef().name()).isEqualTo(ECHO);
    assertThat(spec.minReplicaCount()).isEqualTo(1);
    assertThat(spec.advanced().horizontalPodAutoscalerConfig().behavior().getScaleDown())
        .isNotNull();
    ScaledObject.Trigger trigger = spec.triggers().get(0);
    assertThat(trigger.metricType()).isEqualTo("AverageValue");
    assertThat(trigger.metadata())
        .containsEntry("threshold", "100")
        .containsEntry("serverAddress", "http://prometheus-server.monitoring.svc");
    Matcher pods =
        Pattern.compile("pod=~\"(.*?)\"}\\[1m]").matcher(trigger.metadata().get("query"));
    assertThat(pods.find()).isTrue();
    assertThat("shop-echosounder-7d9c5b6f4-x2x8k").matches(pods.group(1));
    assertThat("shop-echosounder-prober-7d9c5b6f4-x2x8k").doesNotMatch(pods.group(1));
    assertThat("shop-echosounder-siege-7d9c5b6f4-x2x8k").doesNotMatch(pods.group(1));
    assertThat(manifests.of(HorizontalPodAutoscaler.class)).isEmpty();
    assertThat(manifests.one(Deployment.class, ECHO).getSpec().getReplicas()).isNull();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void a_budget_is_of_the_echo_pods_alone(Path values) {
    Manifests manifests = Chart.render(values);

    assertThat(manifests.of(PodDisruptionBudget.class))
        .allSatisfy(
            budget -> {
              assertThat(Selectors.pods(manifests, budget.getSpec().getSelector().getMatchLabels()))
                  .containsExactly(budget.getMetadata().getName());
              assertThat(budget.getSpec().getMinAvailable() == null)
                  .isNotEqualTo(budget.getSpec().getMaxUnavailable() == null);
              assertThat(budget.getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
            });
  }

  @Test
  void a_budget_is_a_number_or_a_percentage() {
    assertThat(budget("default").getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
    assertThat(budget("replicas").getSpec().getMinAvailable().getIntVal()).isEqualTo(2);
    assertThat(budget("autoscaling").getSpec().getMinAvailable().getStrVal()).isEqualTo("50%");
    assertThat(Chart.render(Chart.values("embedded")).of(PodDisruptionBudget.class)).isEmpty();
  }

  private static PodDisruptionBudget budget(String values) {
    return Chart.render(Chart.values(values)).one(PodDisruptionBudget.class, ECHO);
  }

  @Test
  void siege_asks_the_service_of_the_echo_pods() {
    Manifests manifests = Chart.render(Chart.values("autoscaling"));

    assertThat(manifests.one(Deployment.class, ECHO + "-siege").getSpec().getReplicas())
        .isEqualTo(2);
    int port = manifests.one(Service.class, ECHO).getSpec().getPorts().get(0).getPort();
    String urls = manifests.one(ConfigMap.class, ECHO + "-siege").getData().get("urls.txt");
    assertThat(urls.lines())
        .contains("http://%s:%d/".formatted(ECHO, port))
        .allSatisfy(url -> assertThat(url).startsWith("http://%s:%d/".formatted(ECHO, port)));
    assertThat(
            Chart.render(Chart.values("private-registry"))
                .one(Deployment.class, ECHO + "-siege")
                .getSpec()
                .getReplicas())
        .isZero();
  }
}
