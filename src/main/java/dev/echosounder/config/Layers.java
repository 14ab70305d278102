package dev.echosounder.config;

import io.vertx.core.json.JsonObject;

/**
 * The sources of a configuration, weakest first.
 *
 * @param defaults the embedded default
 * @param file the file, empty if there is none
 * @param environment what the environment variables say
 */
record Layers(JsonObject defaults, JsonObject file, JsonObject environment) {

  static final String DEFAULTS = "defaults";
  static final String FILE = "file";
  static final String ENVIRONMENT = "environment";

  /** Reads what a retriever gathered. */
  static Layers of(JsonObject gathered) {
    return new Layers(
        gathered.getJsonObject(DEFAULTS),
        gathered.getJsonObject(FILE, new JsonObject()),
        gathered.getJsonObject(ENVIRONMENT));
  }

  /**
   * The layers on each other: a key of a section replaces the weaker one, lists and modules
   * included.
   */
  JsonObject merged() {
    JsonObject merged = defaults.copy();
    put(merged, file);
    put(merged, environment);
    return merged;
  }

  private static void put(JsonObject merged, JsonObject layer) {
    for (String key : layer.fieldNames()) {
      if (layer.getValue(key) instanceof JsonObject section
          && merged.getValue(key) instanceof JsonObject weaker) {
        section.forEach(entry -> weaker.put(entry.getKey(), entry.getValue()));
      } else {
        merged.put(key, layer.getValue(key));
      }
    }
  }
}
