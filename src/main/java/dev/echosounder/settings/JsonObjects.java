package dev.echosounder.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Reads a JSON text (RFC 8259) whose numbers are all doubles, nested no deeper than Jackson's limit
 * of a thousand, and with texts of no more than 1 MiB. Of two members of one name the later counts.
 *
 * <p>What comes of it cannot be read any more once nobody waits: an expression that goes over it
 * has no other end.
 *
 * @param nothing what stands for {@code null}, which many collections cannot hold
 * @param over whether nobody waits any more
 */
record JsonObjects(Object nothing, BooleanSupplier over) {

  // What is done to one text, such as to look for a regular expression, has no end but its own.
  private static final int LONGEST_TEXT = 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
          .build();

  /** Thrown where a document is read after the end. */
  static final class EndException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndException() {
      super("nobody waits any more", null, false, false);
    }
  }

  private void check() {
    if (over.getAsBoolean()) {
      throw new EndException();
    }
  }

  private final class Members extends AbstractMap<String, Object> {

    private final Map<String, Object> members;

    Members(Map<String, Object> members) {
      this.members = members;
    }

    @Override
    public Object get(Object key) {
      check();
      return members.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
      check();
      return members.containsKey(key);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      check();
      return members.entrySet();
    }
  }

  private final class Elements extends AbstractList<Object> implements RandomAccess {

    private final List<Object> elements;

    Elements(List<Object> elements) {
      this.elements = elements;
    }

    @Override
    public Object get(int index) {
      check();
      return elements.get(index);
    }

    @Override
    public int size() {
      return elements.size();
    }
  }

  /** The members of the object that a text is; empty if it is anything else. */
  Optional<Map<String, Object>> parse(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> members = object(parser);
      return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Members(members);
  }

  private List<Object> array(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Elements(elements);
  }

  private Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> nothing;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> parser.getText();
    };
  }
}
