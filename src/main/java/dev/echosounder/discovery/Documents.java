package dev.echosounder.discovery;

import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.YamlText;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads documents of groups and checks that targets can be made of them. Blocks.
 *
 * @param maker makes the targets
 */
record Documents(TargetMaker maker) {

  /** Reads the content of a file: JSON if its name says so, else YAML. */
  Answer file(String name, FileContent content) {
    if (content.bytes().isEmpty()) {
      return Answer.bad("got " + content.stamp() + ", expected a YAML or JSON file");
    }
    byte[] bytes = content.bytes().get();
    if (name.endsWith(".json")) {
      return json(bytes);
    }
    return halfWritten(bytes)
        ? Answer.bad(
            "got a last line without an end, as of a file that is being written,"
                + " expected a newline at the end")
        : read(() -> YamlText.list(bytes));
  }

  /** Reads a JSON document. */
  Answer json(byte[] bytes) {
    return read(() -> JsonText.list(bytes));
  }

  private Answer read(Document document) {
    try {
      List<Group> groups = GroupsReader.read(document.list());
      maker.check(groups);
      return Answer.good(groups);
    } catch (BadDocumentException e) {
      return Answer.bad(e.getMessage());
    }
  }

  /** A text to parse. */
  private interface Document {
    JsonArray list() throws BadDocumentException;
  }

  /** Whether a part may be missing; a list or a mapping in brackets shows that by itself. */
  private static boolean halfWritten(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 80), StandardCharsets.UTF_8).strip();
    boolean brackets = start.startsWith("[") || start.startsWith("{");
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n' && !brackets;
  }
}
