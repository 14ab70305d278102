package dev.echosounder.config;

import dev.echosounder.schema.YamlText;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Reads YAML 1.2 and JSON for vertx-config, whose own YAML processor takes duplicate keys and stops
 * at 3 MiB. The document is put under the key that the store's {@code layer} names: a {@code
 * ConfigRetriever} merges its stores deep, so each is kept apart until {@link Layers} puts them on
 * each other. Works on a worker thread.
 */
public final class YamlProcessor implements ConfigProcessor {

  static final String NAME = "echosounder-yaml";

  /** For the service loader. */
  public YamlProcessor() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<JsonObject> process(Vertx vertx, JsonObject configuration, Buffer input) {
    return vertx.executeBlocking(
        () ->
            new JsonObject()
                .put(
                    configuration.getString(ContentStoreFactory.LAYER),
                    YamlText.parse(input.getBytes())),
        false);
  }
}
