package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who probes, and where it is asked. */
class ChartRolesTest {

  private static final String ECHO = "shop-echosounder";
  private static final String PROBER = "shop-echosounder-prober";

  @ParameterizedTest
  @CsvSource({"default", "embedded", "ingress", "node-port", "open-network-policy"})
  void one_replica_echoes_and_probes(String values) {
    Manifests manifests = Chart.render(Chart.values(values));

    assertThat(roles(manifests)).isEqualTo(Map.of(ECHO, "echo,prober"));
    assertThat(manifests.one(Deployment.class, ECHO).getSpec().getReplicas()).isEqualTo(1);
    assertThat(manifests.of(Service.class))
        .map(service -> service.getMetadata().getName())
        .doesNotContain(PROBER);
  }

  @ParameterizedTest
  @CsvSource({
    "replicas,3",
    "autoscaling,",
    "keda,",
    "separate,1",
    "gateway,2",
    "load-balancer,2",
    "network-policy,2",
    "operator,2"
  })
  void with_more_there_is_one_prober_of_its_own(String values, Integer replicas) {
    Manifests manifests = Chart.render(Chart.values(values));

    assertThat(roles(manifests)).isEqualTo(Map.of(ECHO, "echo", PROBER, "prober"));
    assertThat(manifests.one(Deployment.class, ECHO).getSpec().getReplicas()).isEqualTo(replicas);
    assertThat(manifests.one(Deployment.class, PROBER).getSpec().getReplicas()).isEqualTo(1);
    Service service = manifests.one(Service.class, PROBER);
    assertThat(Selectors.pods(manifests, service.getSpec().getSelector())).containsExactly(PROBER);
  }

  @Test
  void both_roles_are_of_one_image_and_one_configuration() {
    Manifests manifests = Chart.render(Chart.values("replicas"));

    assertThat(manifests.running().map(pod -> pod.container().getImage()).distinct()).hasSize(1);
    assertThat(manifests.running())
        .map(pod -> pod.spec().getVolumes().get(0).getConfigMap().getName())
        .containsOnly(ECHO);
  }

  @Test
  void no_rollout_leaves_less_than_all_pods() {
    Manifests manifests = Chart.render(Chart.values("replicas"));

    assertThat(manifests.of(Deployment.class))
        .map(deployment -> deployment.getSpec().getStrategy().getRollingUpdate())
        .allSatisfy(
            rolling -> {
              assertThat(rolling.getMaxSurge().getIntVal()).isEqualTo(1);
              assertThat(rolling.getMaxUnavailable().getIntVal()).isZero();
            });
  }

  @Test
  void a_prober_that_must_never_be_two_is_recreated() {
    Manifests manifests = Chart.render(Chart.values("separate"));

    var strategy = manifests.one(Deployment.class, PROBER).getSpec().getStrategy();
    assertThat(strategy.getType()).isEqualTo("Recreate");
    assertThat(strategy.getRollingUpdate()).isNull();
  }

  @Test
  void the_prober_may_have_resources_of_its_own() {
    Manifests manifests = Chart.render(Chart.values("replicas"));

    assertThat(memory(manifests)).isEqualTo(Map.of(ECHO, "256Mi", PROBER, "384Mi"));
    assertThat(memory(Chart.render(Chart.values("keda"))))
        .isEqualTo(Map.of(ECHO, "256Mi", PROBER, "256Mi"));
  }

  @Test
  void echo_pods_are_spread() {
    Manifests manifests = Chart.render(Chart.values("replicas"));

    var echo = manifests.one(Deployment.class, ECHO).getSpec();
    assertThat(echo.getTemplate().getSpec().getTopologySpreadConstraints())
        .hasSize(2)
        .allSatisfy(
            spread ->
                assertThat(spread.getLabelSelector().getMatchLabels())
                    .isEqualTo(echo.getSelector().getMatchLabels()));
    assertThat(
            Chart.render(Chart.values("names"))
                .running()
                .flatMap(pod -> pod.spec().getTopologySpreadConstraints().stream()))
        .map(spread -> spread.getLabelSelector().getMatchLabels())
        .isEqualTo(List.of(Map.of("team", "sre")));
  }

  private static Map<String, String> roles(Manifests manifests) {
    Map<String, String> roles = new TreeMap<>();
    manifests
        .running()
        .filter(pod -> !pod.of().endsWith("-siege"))
        .forEach(pod -> roles.put(pod.of(), pod.environment("ECHOSOUNDER_ROLES")));
    return roles;
  }

  private static Map<String, String> memory(Manifests manifests) {
    Map<String, String> memory = new TreeMap<>();
    manifests
        .running()
        .forEach(
            pod ->
                memory.put(
                    pod.of(), pod.container().getResources().getLimits().get("memory").toString()));
    return memory;
  }
}
