package dev.echosounder.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** One YAML 1.2 or JSON document, which is YAML too. Not for use by two threads. */
public final class YamlText {

  /** The largest document, in bytes. */
  public static final int MAX_BYTES = 64 << 20;

  /** More than 10,000 targets with every key take; aliases count each time they are used. */
  private static final int MAX_VALUES = 2_000_000;

  private static final int MAX_DEPTH = 64;

  private int values;

  private YamlText() {}

  /**
   * Reads a document with a mapping at its root; blocks.
   *
   * @throws BadDocumentException if it is none
   */
  public static JsonObject parse(byte[] bytes) throws BadDocumentException {
    Object root = load(decode(bytes));
    if (root == null) {
      throw new BadDocumentException("got an empty document, expected a mapping of keys");
    }
    if (!(root instanceof Map<?, ?> mapping)) {
      throw new BadDocumentException(
          "got " + (root instanceof List ? "a list" : "a single value") + ", expected a mapping");
    }
    return new YamlText().object(mapping, 1);
  }

  /**
   * Reads a document with a list at its root; blocks.
   *
   * @throws BadDocumentException if it is none
   */
  public static JsonArray list(byte[] bytes) throws BadDocumentException {
    Object root = load(decode(bytes));
    if (root == null) {
      throw new BadDocumentException("got an empty document, expected a list");
    }
    if (!(root instanceof List<?> list)) {
      throw new BadDocumentException(
          "got " + (root instanceof Map ? "a mapping" : "a single value") + ", expected a list");
    }
    return new YamlText().array(list, 1);
  }

  private static String decode(byte[] bytes) throws BadDocumentException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadDocumentException("got bytes that are not UTF-8, expected YAML or JSON");
    }
  }

  /** Counts before anything is made of them: of 64 MiB, one could make gigabytes. */
  private static void countValues(String text) throws BadDocumentException {
    // No value takes less than two characters, its separator included.
    if (text.length() < 2 * MAX_VALUES) {
      return;
    }
    int scalars = 0;
    for (Event event : new Parse(settings(false)).parseString(text)) {
      scalars += event.getEventId() == Event.ID.Scalar ? 1 : 0;
      if (scalars > 2 * MAX_VALUES) {
        throw tooMuch();
      }
    }
  }

  private static BadDocumentException tooMuch() {
    return new BadDocumentException(
        "got more than %d values or %d levels, aliases expanded, expected fewer"
            .formatted(MAX_VALUES, MAX_DEPTH));
  }

  private static Object load(String text) throws BadDocumentException {
    try {
      countValues(text);
      return new Load(settings(false)).loadFromString(text);
    } catch (YamlEngineException e) {
      return loadWithLines(text);
    } catch (StackOverflowError e) {
      throw new BadDocumentException("got a document that nests too deep, expected fewer levels");
    }
  }

  /** Reads a broken text again to learn where: keeping the place of all costs each good reading. */
  private static Object loadWithLines(String text) throws BadDocumentException {
    try {
      return new Load(settings(true)).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      throw new BadDocumentException(
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("")
              + reason(e));
    } catch (YamlEngineException e) {
      throw new BadDocumentException("got a text that is not YAML 1.2, expected YAML or JSON");
    }
  }

  private static LoadSettings settings(boolean lines) {
    return LoadSettings.builder()
        .setSchema(new CoreSchema())
        .setUseMarks(lines)
        .setAllowDuplicateKeys(false)
        .setAllowNonScalarKeys(false)
        // One for each target is common; what they expand to is bounded by MAX_VALUES.
        .setMaxAliasesForCollections(MAX_VALUES)
        .setCodePointLimit(MAX_BYTES)
        .build();
  }

  /** In our words where the parser's would quote a value, which may be a secret. */
  private static String reason(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    if (e instanceof DuplicateKeyException) {
      String key = problem.substring(problem.lastIndexOf(' ') + 1);
      return "got the key " + KeyPath.ROOT.key(key) + " twice, expected it once";
    }
    if (problem.contains("another document")) {
      return "got a second document, expected one";
    }
    if (problem.contains("alias")) {
      return "got an alias that names no anchor, expected quotes around a text that starts with *";
    }
    if (problem.contains("tag")) {
      return "got a tag, expected quotes around a text that starts with !";
    }
    return "got broken YAML (" + problem + "), expected YAML or JSON";
  }

  private JsonObject object(Map<?, ?> mapping, int depth) throws BadDocumentException {
    JsonObject object = new JsonObject();
    for (Map.Entry<?, ?> entry : mapping.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (object.containsKey(key)) {
        throw new BadDocumentException(
            "got the key " + KeyPath.ROOT.key(key) + " twice, expected it once");
      }
      object.put(key, value(entry.getValue(), depth));
    }
    return object;
  }

  private JsonArray array(List<?> list, int depth) throws BadDocumentException {
    JsonArray array = new JsonArray();
    for (Object element : list) {
      array.add(value(element, depth));
    }
    return array;
  }

  private Object value(Object value, int depth) throws BadDocumentException {
    values++;
    if (values > MAX_VALUES || depth > MAX_DEPTH) {
      throw tooMuch();
    }
    if (value instanceof Map<?, ?> mapping) {
      return object(mapping, depth + 1);
    }
    if (value instanceof List<?> list) {
      return array(list, depth + 1);
    }
    boolean json = value == null || value instanceof Boolean || finite(value);
    return json ? value : value.toString();
  }

  /** JSON knows no infinity: such a value is a text to the schema. */
  private static boolean finite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }
}
