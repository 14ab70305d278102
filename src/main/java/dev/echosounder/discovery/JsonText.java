package dev.echosounder.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.echosounder.schema.BadDocumentException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;

/** One JSON document with a list at its root, bounded in what it takes when it is read. */
final class JsonText {

  /** About as many as a YAML document may have values. */
  private static final int MAX_TOKENS = 4_000_000;

  private static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxTokenCount(MAX_TOKENS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Reads a document; blocks.
   *
   * @throws BadDocumentException if it is none; the message holds no part of it
   */
  static JsonArray list(byte[] bytes) throws BadDocumentException {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      Object root = JacksonCodec.fromParser(parser, Object.class);
      if (root instanceof JsonArray list) {
        return list;
      }
      throw new BadDocumentException(
          "got "
              + (root instanceof JsonObject ? "a mapping" : "a single value")
              + ", expected a list");
    } catch (DecodeException e) {
      throw new BadDocumentException(reason(e.getCause()));
    } catch (IOException e) {
      throw new BadDocumentException(reason(e));
    }
  }

  /** In our words: the parser's quote what they could not read. */
  private static String reason(Throwable cause) {
    if (cause instanceof StreamConstraintsException) {
      return "got more than %d tokens or %d levels, or a text that is too long, expected fewer"
          .formatted(MAX_TOKENS, MAX_DEPTH);
    }
    JsonLocation place = cause instanceof JsonProcessingException e ? e.getLocation() : null;
    String line = place == null ? "" : "line " + place.getLineNr() + ": ";
    return line + "got a text that is not JSON or has a key twice, expected JSON";
  }
}
