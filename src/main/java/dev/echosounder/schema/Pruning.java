package dev.echosounder.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Takes the values that are known to be wrong out of a configuration, so that the meaning of the
 * rest can still be checked. Positions in lists stay: a wrong element becomes null.
 *
 * @param configuration changed in place
 */
public record Pruning(JsonObject configuration) {

  /** Takes out what is at a place. */
  public void remove(KeyPath path) {
    List<Object> steps = path.steps();
    Object holder = configuration;
    for (int i = 0; i < steps.size() - 1; i++) {
      holder = below(holder, steps.get(i));
    }
    if (steps.isEmpty()) {
      configuration.clear();
    } else if (holder instanceof JsonObject object) {
      object.remove((String) steps.get(steps.size() - 1));
    } else if (holder instanceof JsonArray list) {
      list.set((Integer) steps.get(steps.size() - 1), null);
    }
  }

  private static Object below(Object holder, Object step) {
    if (holder instanceof JsonObject object) {
      return object.getValue((String) step);
    }
    return holder instanceof JsonArray list ? list.getValue((Integer) step) : null;
  }
}
