package dev.echosounder.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in a configuration, printed as {@code targets[1].url}. A key that may hold a credential,
 * because a value was put where a key belongs, is not printed.
 *
 * @param steps keys (strings) and positions (integers) from the root
 */
public record KeyPath(List<Object> steps) {

  /** The place of the whole. */
  public static final KeyPath ROOT = new KeyPath(List.of());

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern SUSPICIOUS = Pattern.compile("[@:=?\\p{Cntrl}]|.{81}");

  public KeyPath {
    steps = List.copyOf(steps);
  }

  /** The place of {@code http.port}; keys that hold dots cannot be written so. */
  public static KeyPath of(String dotted) {
    return new KeyPath(List.of((Object[]) dotted.split("\\.", -1)));
  }

  /** The place of a key below this one. */
  public KeyPath key(String key) {
    return then(key);
  }

  /** The place of an element of the list at this one, counted from 0. */
  public KeyPath item(int position) {
    return then(position);
  }

  private KeyPath then(Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    return new KeyPath(longer);
  }

  @Override
  public String toString() {
    if (steps.isEmpty()) {
      return "the configuration";
    }
    StringBuilder text = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof Integer) {
        text.append('[').append(step).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(show((String) step));
      }
    }
    return text.toString();
  }

  private static String show(String key) {
    if (PLAIN.matcher(key).matches()) {
      return key;
    }
    return SUSPICIOUS.matcher(key).find() ? "(a key that is not shown)" : '"' + key + '"';
  }
}
