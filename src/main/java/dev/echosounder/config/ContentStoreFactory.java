package dev.echosounder.config;

import io.vertx.config.spi.ConfigStore;
import io.vertx.config.spi.ConfigStoreFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Makes vertx-config stores of bytes that were read before, so that what is parsed is what was
 * compared; a second reading of a file could find another content.
 */
public final class ContentStoreFactory implements ConfigStoreFactory {

  static final String NAME = "echosounder-content";
  static final String LAYER = "layer";
  static final String CONTENT = "content";

  /** For the service loader. */
  public ContentStoreFactory() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ConfigStore create(Vertx vertx, JsonObject configuration) {
    return new ContentStore(configuration.getBuffer(CONTENT));
  }

  private record ContentStore(Buffer content) implements ConfigStore {

    @Override
    public Future<Buffer> get() {
      return Future.succeededFuture(content);
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }

    /** Not the content, which holds secrets. */
    @Override
    public String toString() {
      return NAME;
    }
  }
}
