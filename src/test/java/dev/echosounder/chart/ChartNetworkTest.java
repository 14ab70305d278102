package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.chart.Manifests.PodPlan;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reaches whom, and at which port. */
class ChartNetworkTest {

  private static final String ECHO = "shop-echosounder";

  static Stream<Path> matrix() {
    return Chart.matrix();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_service_is_of_the_pods_of_one_deployment_that_have_its_ports(Path values) {
    Manifests manifests = Chart.render(values);

    assertThat(manifests.of(Service.class))
        .allSatisfy(
            service -> {
              assertThat(Selectors.pods(manifests, service.getSpec().getSelector())).hasSize(1);
              assertThat(portNames(manifests, service))
                  .containsAll(
                      service.getSpec().getPorts().stream()
                          .map(port -> port.getTargetPort().getStrVal())
                          .toList());
            });
  }

  private static List<String> portNames(Manifests manifests, Service service) {
    return manifests
        .running()
        .filter(
            pod -> pod.labels().entrySet().containsAll(service.getSpec().getSelector().entrySet()))
        .flatMap(pod -> pod.container().getPorts().stream())
        .map(ContainerPort::getName)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void what_is_shown_to_the_world_is_the_port_of_echo_alone(Path values) {
    Manifests manifests = Chart.render(values);

    Stream<Service> services = manifests.of(Service.class);
    assertThat(services.filter(service -> service.getMetadata().getName().equals(ECHO)))
        .flatMap(service -> service.getSpec().getPorts())
        .map(ServicePort::getName)
        .allMatch("http"::equals);
    assertThat(manifests.of(Ingress.class).flatMap(ChartNetworkTest::paths))
        .allSatisfy(
            path -> {
              assertThat(path.getBackend().getService().getName()).isEqualTo(ECHO);
              assertThat(path.getBackend().getService().getPort().getName()).isEqualTo("http");
            });
  }

  private static Stream<HTTPIngressPath> paths(Ingress ingress) {
    return ingress.getSpec().getRules().stream()
        .flatMap(rule -> rule.getHttp().getPaths().stream());
  }

  @Test
  void a_gateway_finds_the_service_at_its_port() {
    Manifests manifests = Chart.render(Chart.values("gateway"));

    var backend =
        manifests.one(HTTPRoute.class, ECHO).getSpec().getRules().get(0).getBackendRefs().get(0);
    var service = manifests.one(Service.class, backend.getName());
    assertThat(service.getSpec().getPorts().get(0).getPort()).isEqualTo(backend.getPort());
  }

  @Test
  void another_port_of_the_service_changes_nothing_in_the_pods() {
    Manifests manifests = Chart.render(Chart.values("node-port"));

    ServicePort port = manifests.one(Service.class, ECHO).getSpec().getPorts().get(0);
    assertThat(port.getPort()).isEqualTo(32000);
    assertThat(port.getNodePort()).isEqualTo(32000);
    assertThat(manifests.running().flatMap(pod -> pod.container().getPorts().stream()))
        .map(ContainerPort::getContainerPort)
        .containsExactly(8080);
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void each_pod_is_scraped_in_one_way_at_the_port_of_metrics(Path values) {
    Manifests manifests = Chart.render(values);
    boolean monitored =
        manifests.of(ServiceMonitor.class).findAny().isPresent()
            || manifests.of(PodMonitor.class).findAny().isPresent();

    assertThat(manifests.running().filter(pod -> !pod.of().endsWith("-siege")))
        .allSatisfy(
            pod -> {
              Map<String, String> annotations = pod.metadata().getAnnotations();
              if (monitored) {
                assertThat(annotations).doesNotContainKey("prometheus.io/scrape");
              } else {
                assertThat(annotations)
                    .containsKey("prometheus.io/scrape")
                    .containsEntry("prometheus.io/path", "/metrics")
                    .containsEntry("prometheus.io/port", lastPort(pod));
              }
            });
  }

  private static String lastPort(PodPlan pod) {
    var ports = pod.container().getPorts();
    return ports.get(ports.size() - 1).getContainerPort().toString();
  }

  @Test
  void a_service_monitor_finds_one_port_of_each_role() {
    for (String values : List.of("keda", "operator")) {
      Manifests manifests = Chart.render(Chart.values(values));
      var monitor = manifests.one(ServiceMonitor.class, ECHO).getSpec();
      Endpoint endpoint = monitor.getEndpoints().get(0);

      assertThat(manifests.of(Service.class))
          .filteredOn(
              service ->
                  Selectors.selects(monitor.getSelector(), service.getMetadata().getLabels())
                      && service.getSpec().getPorts().stream()
                          .anyMatch(port -> port.getName().equals(endpoint.getPort())))
          .map(service -> service.getMetadata().getName())
          .containsExactlyInAnyOrder(ECHO, ECHO + "-prober");
    }
  }

  @Test
  void a_pod_monitor_finds_one_port_of_each_role() {
    Manifests manifests = Chart.render(Chart.values("gateway"));

    var monitor = manifests.one(PodMonitor.class, ECHO).getSpec();
    assertThat(manifests.running())
        .filteredOn(pod -> Selectors.selects(monitor.getSelector(), pod.labels()))
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(pod.container().getPorts())
                    .map(ContainerPort::getName)
                    .contains(monitor.getPodMetricsEndpoints().get(0).getPort()));
  }

  @Test
  void policies_let_in_and_out_whom_they_name() {
    Manifests manifests = Chart.render(Chart.values("network-policy"));

    NetworkPolicy echo = manifests.one(NetworkPolicy.class, ECHO);
    assertThat(echo.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(echo.getSpec().getIngress())
        .map(rule -> rule.getPorts().stream().map(port -> port.getPort().getIntVal()).toList())
        .containsExactly(List.of(8080), List.of(9090), List.of());
    assertThat(echo.getSpec().getIngress())
        .allSatisfy(rule -> assertThat(rule.getFrom()).hasSize(1));
    // DNS, traces, and what was added: no targets.
    assertThat(ports(echo)).containsExactly(List.of(53, 53), List.of(4318), List.of(3128));
    NetworkPolicy prober = manifests.one(NetworkPolicy.class, ECHO + "-prober");
    assertThat(prober.getSpec().getIngress().get(0).getPorts().get(0).getPort().getIntVal())
        .isEqualTo(9090);
    assertThat(ports(prober))
        .containsExactly(List.of(53, 53), List.of(4318), List.of(), List.of(3128));
    assertThat(manifests.of(NetworkPolicy.class))
        .allSatisfy(
            policy ->
                assertThat(
                        Selectors.pods(
                            manifests, policy.getSpec().getPodSelector().getMatchLabels()))
                    .containsExactly(policy.getMetadata().getName()));
  }

  @Test
  void policies_without_peers_are_open_but_for_ports() {
    Manifests manifests = Chart.render(Chart.values("open-network-policy"));

    NetworkPolicy echo = manifests.one(NetworkPolicy.class, ECHO);
    assertThat(echo.getSpec().getIngress().get(0).getFrom()).isEmpty();
    assertThat(echo.getSpec().getEgress()).contains(new NetworkPolicyEgressRule());
  }

  private static List<List<Integer>> ports(NetworkPolicy policy) {
    return policy.getSpec().getEgress().stream()
        .map(rule -> rule.getPorts().stream().map(port -> port.getPort().getIntVal()).toList())
        .toList();
  }
}
