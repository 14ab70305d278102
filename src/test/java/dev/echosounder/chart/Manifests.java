package dev.echosounder.chart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a chart renders, read by the types of the Kubernetes API: a field that they do not have, or
 * of another type, is an error.
 */
record Manifests(List<Manifest> all) {

  /** A pod that there will be, once or more often. */
  record PodPlan(String of, Map<String, String> labels, ObjectMeta metadata, PodSpec spec) {

    Container container() {
      return spec.getContainers().get(0);
    }

    String environment(String name) {
      return container().getEnv().stream()
          .filter(variable -> variable.getName().equals(name))
          .map(variable -> variable.getValue())
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return "the pods of " + of;
    }
  }

  static Manifests parse(String yaml) {
    Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(yaml);
    return new Manifests(
        StreamSupport.stream(documents.spliterator(), false)
            .filter(Objects::nonNull)
            .map(document -> Manifest.read((Map<?, ?>) document))
            .toList());
  }

  <T> Stream<T> of(Class<T> type) {
    return all.stream().map(Manifest::typed).filter(type::isInstance).map(type::cast);
  }

  /** The only one of its type and name. */
  <T> T one(Class<T> type, String name) {
    List<T> found =
        all.stream()
            .filter(manifest -> type.isInstance(manifest.typed()) && manifest.name().equals(name))
            .map(manifest -> type.cast(manifest.typed()))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("%d of %s %s".formatted(found.size(), type.getSimpleName(), name));
    }
    return found.get(0);
  }

  /** The pods of Deployments. */
  Stream<PodPlan> running() {
    return of(Deployment.class)
        .map(
            deployment ->
                new PodPlan(
                    deployment.getMetadata().getName(),
                    deployment.getSpec().getTemplate().getMetadata().getLabels(),
                    deployment.getSpec().getTemplate().getMetadata(),
                    deployment.getSpec().getTemplate().getSpec()));
  }

  /** Those, and the ones of hooks. */
  Stream<PodPlan> pods() {
    return Stream.concat(
        running(),
        of(Pod.class)
            .map(
                pod ->
                    new PodPlan(
                        pod.getMetadata().getName(),
                        pod.getMetadata().getLabels(),
                        pod.getMetadata(),
                        pod.getSpec())));
  }
}
