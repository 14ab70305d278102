package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.chart.Manifests.PodPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web configuration changes in everything that asks the pods. */
class ChartWebTest {

  private static final String NAME = "shop-echosounder";

  @ParameterizedTest
  @ValueSource(strings = {"web", "web-existing"})
  void probes_speak_tls_and_need_no_user(String values) {
    assertThat(pods(Chart.render(Chart.values(values))))
        .flatMap(
            pod ->
                List.of(
                    pod.container().getStartupProbe(),
                    pod.container().getReadinessProbe(),
                    pod.container().getLivenessProbe()))
        .allSatisfy(
            probe -> {
              assertThat(probe.getHttpGet().getScheme()).isEqualTo("HTTPS");
              assertThat(probe.getHttpGet().getPath())
                  .isIn("/healthcheck/ready", "/healthcheck/live");
            });
  }

  @Test
  void probes_only_connect_where_clients_must_have_a_certificate() {
    assertThat(pods(Chart.render(Chart.values("web-client-certificates"))))
        .isNotEmpty()
        .allSatisfy(
            pod -> assertThat(pod.container().getLivenessProbe().getTcpSocket()).isNotNull());
  }

  @Test
  void users_are_in_a_secret_and_nowhere_else() {
    Manifests manifests = Chart.render(Chart.values("web"));

    assertThat(manifests.one(Secret.class, NAME + "-web").getStringData().get("web-config.yml"))
        .contains("$2y$04$", "cert_file: /etc/echosounder-tls/tls.crt");
    assertThat(manifests.all())
        .filteredOn(manifest -> !(manifest.typed() instanceof Secret))
        .allSatisfy(manifest -> assertThat(manifest.raw().toString()).doesNotContain("$2y$04$"));
  }

  @Test
  void secrets_of_a_pod_are_for_its_group_alone() {
    assertThat(pods(Chart.render(Chart.values("web"))))
        .flatMap(pod -> pod.spec().getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .hasSize(4)
        .allSatisfy(volume -> assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440));
  }

  @Test
  void prometheus_is_told_of_tls_authority_name_and_user() {
    Manifests manifests = Chart.render(Chart.values("web"));

    var endpoint = manifests.one(ServiceMonitor.class, NAME).getSpec().getEndpoints().get(0);
    assertThat(endpoint.getScheme()).isEqualTo("https");
    assertThat(endpoint.getTlsConfig().getServerName()).isEqualTo("shop-echosounder.demo.svc");
    assertThat(endpoint.getTlsConfig().getCa().getSecret().getName()).isEqualTo("echo-tls");
    assertThat(endpoint.getBasicAuth().getPassword().getKey()).isEqualTo("password");
    assertThat(endpoint.getBasicAuth().getPassword().getName()).isEqualTo("echo-user");
  }

  @Test
  void prometheus_is_told_of_the_certificate_to_ask_with() {
    Manifests manifests = Chart.render(Chart.values("web-client-certificates"));

    var tls =
        manifests
            .one(PodMonitor.class, NAME)
            .getSpec()
            .getPodMetricsEndpoints()
            .get(0)
            .getTlsConfig();
    assertThat(tls.getServerName()).isEqualTo("echo.example");
    assertThat(tls.getCert().getSecret().getName()).isEqualTo("echo-client");
    assertThat(tls.getKeySecret().getKey()).isEqualTo("tls.key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "web-existing", "web-client-certificates"})
  void services_say_that_tls_is_spoken(String values) {
    Stream<Service> services = Chart.render(Chart.values(values)).of(Service.class);

    assertThat(services.flatMap(service -> service.getSpec().getPorts().stream()))
        .allSatisfy(port -> assertThat(port.getAppProtocol()).isEqualTo("https"));
  }

  @Test
  void annotations_say_that_tls_is_spoken() {
    assertThat(pods(Chart.render(Chart.values("web-existing"))))
        .allSatisfy(
            pod ->
                assertThat(pod.metadata().getAnnotations())
                    .containsEntry("prometheus.io/scheme", "https"));
    assertThat(pods(Chart.render(Chart.values("default"))))
        .allSatisfy(
            pod ->
                assertThat(pod.metadata().getAnnotations())
                    .doesNotContainKey("prometheus.io/scheme"));
  }

  @Test
  void siege_speaks_tls_to_pods_that_do() {
    assertThat(
            Chart.render(Chart.values("web"))
                .one(ConfigMap.class, NAME + "-siege")
                .getData()
                .get("urls.txt"))
        .startsWith("https://shop-echosounder:8080/");
  }

  @Test
  void a_configuration_with_secrets_is_one() {
    Manifests manifests = Chart.render(Chart.values("secret-config"));

    assertThat(manifests.one(Secret.class, NAME).getStringData().get("echosounder.yaml"))
        .contains("Bearer of-an-example");
    assertThat(manifests.of(ConfigMap.class)).isEmpty();
  }

  private static Stream<PodPlan> pods(Manifests manifests) {
    return manifests.running().filter(pod -> !pod.of().endsWith("-siege"));
  }
}
