package dev.echosounder.chart;

import dev.echosounder.chart.Manifests.PodPlan;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;

/** Whom a selector means. */
final class Selectors {

  private Selectors() {}

  /** The names of the workloads whose pods have all these labels. */
  static List<String> pods(Manifests manifests, Map<String, String> labels) {
    return manifests
        .pods()
        .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
        .map(PodPlan::of)
        .toList();
  }

  /** The same for a selector with expressions, of which only In is known here. */
  static boolean selects(LabelSelector selector, Map<?, ?> labels) {
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
        && selector.getMatchExpressions().stream()
            .allMatch(
                expression ->
                    expression.getOperator().equals("In")
                        && expression.getValues().contains(labels.get(expression.getKey())));
  }
}
