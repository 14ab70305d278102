package dev.echosounder.schema;

import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.SizeText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping of a configuration that the schema accepts, read by type.
 *
 * @param path where it is
 * @param json its keys; those that were wrong are missing
 */
public record Section(KeyPath path, JsonObject json) {

  /** The place of a key. */
  public KeyPath at(String key) {
    return path.key(key);
  }

  /** Whether a key is there. */
  public boolean has(String key) {
    return json.containsKey(key);
  }

  /** The mapping below a key, empty if there is none. */
  public Section section(String key) {
    return new Section(at(key), json.getJsonObject(key, new JsonObject()));
  }

  /** The mappings in the list below a key; those that were wrong are left out. */
  public List<Section> sections(String key) {
    return elements(key, (place, element) -> new Section(place, (JsonObject) element));
  }

  /** Reads each element of the list below a key; those that were wrong are left out. */
  public <T> List<T> elements(String key, ElementReader<T> reader) {
    JsonArray list = json.getJsonArray(key, new JsonArray());
    List<T> read = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (list.getValue(i) != null) {
        read.add(reader.read(at(key).item(i), list.getValue(i)));
      }
    }
    return read;
  }

  /** Reads one element of a list. */
  public interface ElementReader<T> {
    T read(KeyPath place, Object element);
  }

  /**
   * Makes something of each element of the list below a key; those that were wrong are left out.
   */
  public <T> List<T> list(String key, Function<Object, T> each) {
    return json.getJsonArray(key, new JsonArray()).stream()
        .filter(Objects::nonNull)
        .map(each)
        .toList();
  }

  /** The mapping below a key whose values are texts. */
  public <T> Map<String, T> texts(String key, Function<String, T> each) {
    Map<String, T> texts = new LinkedHashMap<>();
    json.getJsonObject(key, new JsonObject())
        .forEach(entry -> texts.put(entry.getKey(), each.apply((String) entry.getValue())));
    return texts;
  }

  /** The text below a key, where there is one. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(json.getString(key));
  }

  /** The text below a key, or another one without it. */
  public String text(String key, String otherwise) {
    return json.getString(key, otherwise);
  }

  /** The truth below a key, or another one without it. */
  public boolean flag(String key, boolean otherwise) {
    return json.getBoolean(key, otherwise);
  }

  /** The whole number below a key, which must be there. */
  public int number(String key) {
    return json.getInteger(key);
  }

  /** The number below a key, which must be there. */
  public double decimal(String key) {
    return json.getDouble(key);
  }

  /** The truth below a key, which must be there. */
  public boolean flag(String key) {
    return json.getBoolean(key);
  }

  /** The duration below a key, which must be there. */
  public Duration duration(String key) {
    return durationIfAny(key).orElseThrow();
  }

  /** The duration below a key, where there is one. */
  public Optional<Duration> durationIfAny(String key) {
    Object value = json.getValue(key);
    return value instanceof Number seconds
        ? Optional.of(DurationText.ofSeconds(seconds))
        : Optional.ofNullable((String) value).flatMap(DurationText::parse);
  }

  /** A size in bytes. */
  public long size(String key) {
    Object value = json.getValue(key);
    return value instanceof Number bytes
        ? bytes.longValue()
        : SizeText.parse((String) value).orElseThrow();
  }
}
