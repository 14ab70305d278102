package dev.echosounder.reader;

import dev.echosounder.schema.KeyPath;
import dev.echosounder.schema.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that every target has a key of its own in outputs: names are unique, targets that are
 * shown by one URL all have names, and no name is the URL of another target.
 */
record TargetKeys(Problems problems) {

  void check(List<TargetsReader.Placed> targets) {
    Map<String, KeyPath> names = new HashMap<>();
    Map<String, List<TargetsReader.Placed>> urls =
        targets.stream().collect(Collectors.groupingBy(placed -> placed.target().id().url()));
    for (TargetsReader.Placed placed : targets) {
      Optional<String> name = placed.target().id().name();
      if (name.isPresent()) {
        checkName(names, name.get(), placed);
        checkNoUrl(urls, name.get(), placed);
      } else {
        checkAlone(urls.get(placed.target().id().url()), placed);
      }
    }
  }

  private void checkName(Map<String, KeyPath> names, String name, TargetsReader.Placed placed) {
    KeyPath first = names.putIfAbsent(name, placed.place());
    if (first != null) {
      problems.add(
          placed.place().key("name"), "the name of " + first, "a name that no other target has");
    }
  }

  private void checkNoUrl(
      Map<String, List<TargetsReader.Placed>> urls, String name, TargetsReader.Placed placed) {
    if (urls.containsKey(name)) {
      KeyPath other = urls.get(name).get(0).place();
      problems.add(
          placed.place().key("name"), "the URL of " + other, "a name that is no target's URL");
    }
  }

  private void checkAlone(List<TargetsReader.Placed> same, TargetsReader.Placed placed) {
    if (same.size() > 1) {
      // Each names one other: all of them would make a message as long as the file.
      KeyPath other = same.get(same.get(0).equals(placed) ? 1 : 0).place();
      problems.add(
          placed.place(),
          "a URL that is shown the same as that of " + other,
          "a target with a name for each");
    }
  }
}
