package dev.echosounder.http;

import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What stands for a target in JSON: its URL as shown, or its name where another configured target
 * has the same URL.
 */
final class AnswerKeys {

  private final Map<String, Long> sharing;

  AnswerKeys(List<Target> configured) {
    sharing =
        configured.stream()
            .collect(Collectors.groupingBy(target -> target.id().url(), Collectors.counting()));
  }

  String of(TargetId target) {
    return sharing.getOrDefault(target.url(), 1L) == 1 ? target.url() : target.display();
  }
}
