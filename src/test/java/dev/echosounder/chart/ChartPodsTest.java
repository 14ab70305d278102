package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.chart.Manifests.PodPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod is, whatever is set. */
class ChartPodsTest {

  static Stream<Path> matrix() {
    return Chart.matrix();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_pod_satisfies_the_pod_security_standard_restricted(Path values) {
    assertThat(Chart.render(values).pods()).isNotEmpty().allSatisfy(ChartPodsTest::restricted);
  }

  private static void restricted(PodPlan pod) {
    PodSpec spec = pod.spec();
    assertThat(spec.getHostNetwork()).isNull();
    assertThat(spec.getHostPID()).isNull();
    assertThat(spec.getHostIPC()).isNull();
    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(Objects.requireNonNullElse(spec.getSecurityContext().getRunAsUser(), 1L))
        .isPositive();
    assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(spec.getSecurityContext().getSysctls()).isEmpty();
    assertThat(spec.getVolumes()).allSatisfy(ChartPodsTest::harmless);
    assertThat(spec.getInitContainers()).isEmpty();
    assertThat(spec.getContainers()).isNotEmpty().allSatisfy(ChartPodsTest::restricted);
  }

  private static void harmless(Volume volume) {
    assertThat(Stream.of(volume.getConfigMap(), volume.getSecret(), volume.getEmptyDir()))
        .as(volume.getName())
        .anyMatch(source -> source != null);
  }

  private static void restricted(Container container) {
    SecurityContext security = container.getSecurityContext();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getPrivileged()).isNull();
    assertThat(security.getProcMount()).isNull();
    assertThat(security.getRunAsUser()).isNull();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(security.getCapabilities().getAdd()).isEmpty();
    assertThat(container.getPorts()).allMatch(port -> port.getHostPort() == null);
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void no_pod_has_a_token_or_is_told_of_services(Path values) {
    assertThat(Chart.render(values).pods())
        .allSatisfy(
            pod -> {
              assertThat(pod.spec().getAutomountServiceAccountToken()).isFalse();
              assertThat(pod.spec().getEnableServiceLinks()).isFalse();
            });
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_container_asks_for_memory_and_has_a_limit_of_it(Path values) {
    assertThat(Chart.render(values).pods())
        .map(PodPlan::container)
        .allSatisfy(
            container -> {
              assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
              assertThat(container.getResources().getLimits()).containsKey("memory");
            });
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_volume_is_mounted_once_and_the_configuration_as_a_directory(Path values) {
    assertThat(echosounder(values))
        .allSatisfy(
            pod -> {
              var mounts = pod.container().getVolumeMounts();
              assertThat(mounts).map(mount -> mount.getMountPath()).doesNotHaveDuplicates();
              assertThat(mounts)
                  .map(mount -> mount.getName())
                  .containsExactlyInAnyOrderElementsOf(
                      pod.spec().getVolumes().stream().map(Volume::getName).toList());
              assertThat(mounts.get(0).getMountPath()).isEqualTo("/etc/echosounder");
              assertThat(mounts).map(mount -> mount.getSubPath()).containsOnlyNulls();
              assertThat(pod.environment("ECHOSOUNDER_CONFIG"))
                  .isEqualTo("/etc/echosounder/echosounder.yaml");
            });
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void probes_ask_each_its_own_path_at_the_port_of_management(Path values) {
    assertThat(echosounder(values))
        .map(PodPlan::container)
        .allSatisfy(
            container -> {
              asks(container, container.getStartupProbe(), "/healthcheck(/ready)?");
              asks(container, container.getLivenessProbe(), "/healthcheck/live");
              asks(container, container.getReadinessProbe(), "/healthcheck/ready");
            });
  }

  /** A kubelet without a certificate of its own may only connect. */
  private static void asks(Container container, Probe probe, String path) {
    var ports = container.getPorts().stream().map(ContainerPort::getName).toList();
    var port =
        probe.getTcpSocket() == null
            ? probe.getHttpGet().getPort()
            : probe.getTcpSocket().getPort();
    assertThat(port.getStrVal()).isEqualTo(ports.contains("management") ? "management" : "http");
    if (probe.getTcpSocket() == null) {
      assertThat(probe.getHttpGet().getPath()).matches(path);
    }
  }

  @Test
  void the_grace_period_is_longer_than_a_stop_takes() {
    assertThat(echosounder(Chart.values("default")))
        .allSatisfy(
            pod -> {
              // 5 + 2 + 20 + 2, and 5 more.
              assertThat(pod.spec().getTerminationGracePeriodSeconds()).isEqualTo(34);
              assertThat(pod.container().getLifecycle().getPreStop().getSleep().getSeconds())
                  .isEqualTo(5);
            });
    assertThat(echosounder(Chart.values("long-stop")))
        .allSatisfy(
            pod -> {
              // 10 + 301.5 + 0.5, and 5 more.
              assertThat(pod.spec().getTerminationGracePeriodSeconds()).isEqualTo(317);
              assertThat(pod.container().getLifecycle()).isNull();
            });
  }

  @Test
  void secrets_are_mounted_where_modules_name_them() {
    PodPlan pod = echosounder(Chart.values("secrets")).findFirst().orElseThrow();

    assertThat(pod.spec().getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .allSatisfy(volume -> assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440))
        .map(volume -> volume.getSecret().getSecretName())
        .containsExactly("shop", "mail");
    assertThat(pod.container().getVolumeMounts())
        .map(mount -> mount.getMountPath())
        .contains("/etc/echosounder-secrets/shop", "/etc/echosounder-secrets/post");
  }

  @Test
  void images_of_a_registry_of_ones_own_are_taken_by_digest() {
    Manifests manifests = Chart.render(Chart.values("private-registry"));

    assertThat(manifests.pods())
        .allSatisfy(
            pod ->
                assertThat(pod.spec().getImagePullSecrets().get(0).getName()).isEqualTo("registry"))
        .map(pod -> pod.container().getImage())
        .contains("registry.example:5000/team/siege:4.1")
        .anyMatch(image -> image.startsWith("registry.example:5000/team/echosounder@sha256:0123"));
  }

  private static Stream<PodPlan> echosounder(Path values) {
    return Chart.render(values).running().filter(pod -> !pod.of().endsWith("-siege"));
  }
}
