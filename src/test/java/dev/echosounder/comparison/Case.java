package dev.echosounder.comparison;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * One probe that both exporters make.
 *
 * @param name what is compared, as a sentence
 * @param module of blackbox.yml
 * @param target as it is given to both
 * @param extra further parameters of the query, such as {@code &hostname=x}
 * @param differences what is known to differ
 */
record Case(String name, String module, String target, String extra, Set<Difference> differences) {

  static Case of(String name, String module, String target) {
    return new Case(name, module, target, "", Set.of());
  }

  Case with(String parameters) {
    return new Case(name, module, target, parameters, differences);
  }

  Case but(Difference... known) {
    return new Case(name, module, target, extra, Set.of(known));
  }

  String path() {
    return "/probe?module="
        + module
        + "&target="
        + URLEncoder.encode(target, StandardCharsets.UTF_8)
        + extra;
  }

  @Override
  public String toString() {
    return name + " (" + module + ")";
  }
}
