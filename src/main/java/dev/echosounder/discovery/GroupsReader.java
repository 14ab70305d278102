package dev.echosounder.discovery;

import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.KeyPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the groups of a document. What is wrong first is told, by its place. */
final class GroupsReader {

  private static final Set<String> KEYS = Set.of(Group.TARGETS, Group.LABELS);

  private GroupsReader() {}

  /**
   * Reads groups.
   *
   * @throws BadDocumentException if one is none; the message holds no value of the document
   */
  static List<Group> read(JsonArray document) throws BadDocumentException {
    List<Group> groups = new ArrayList<>(document.size());
    int targets = 0;
    for (int i = 0; i < document.size(); i++) {
      Group group = group(KeyPath.ROOT.item(i), document.getValue(i));
      groups.add(group);
      targets += group.texts().size();
      if (targets > Sources.MAX_TARGETS) {
        throw new BadDocumentException(Sources.TOO_MANY);
      }
    }
    return groups;
  }

  private static Group group(KeyPath place, Object value) throws BadDocumentException {
    if (!(value instanceof JsonObject group)) {
      throw bad(place, value, "a mapping with targets and labels");
    }
    for (String key : group.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw bad(place.key(key), "an unknown key", "targets or labels");
      }
    }
    List<String> texts = texts(place.key(Group.TARGETS), group.getValue(Group.TARGETS));
    return new LabelsReader(place.key(Group.LABELS), labels(place, group)).group(place, texts);
  }

  private static List<String> texts(KeyPath place, Object value) throws BadDocumentException {
    // Prometheus takes a group without targets, or with null, for an empty one.
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray list)) {
      throw bad(place, value, "a list of texts");
    }
    List<String> texts = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (!(list.getValue(i) instanceof String text)) {
        throw bad(place.item(i), list.getValue(i), "a text");
      }
      texts.add(text);
    }
    return texts;
  }

  private static Map<String, String> labels(KeyPath group, JsonObject json)
      throws BadDocumentException {
    KeyPath place = group.key(Group.LABELS);
    Object value = json.getValue(Group.LABELS);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof JsonObject mapping)) {
      throw bad(place, value, "a mapping of label names to texts");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : mapping) {
      if (!(entry.getValue() instanceof String text)) {
        throw bad(
            place.key(entry.getKey()),
            entry.getValue(),
            "a text on one line, quoted if it is a number");
      }
      // An empty label is the same as none to Prometheus.
      if (!text.isEmpty()) {
        labels.put(entry.getKey(), text);
      }
    }
    return labels;
  }

  private static BadDocumentException bad(KeyPath place, Object got, String expected) {
    return bad(place, kind(got), expected);
  }

  static BadDocumentException bad(KeyPath place, String got, String expected) {
    return new BadDocumentException(place + ": got " + got + ", expected " + expected);
  }

  /** What a value is; not the value, which may be a secret at a wrong place. */
  private static String kind(Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof JsonObject) {
      return "a mapping";
    }
    if (value instanceof JsonArray) {
      return "a list";
    }
    if (value instanceof Boolean) {
      return "true or false";
    }
    return value instanceof Number ? "a number" : "a text";
  }
}
