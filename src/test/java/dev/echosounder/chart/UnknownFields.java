package dev.echosounder.chart;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields that objects of the Kubernetes API were given and do not have: they keep them. */
final class UnknownFields {

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  static List<String> in(Object object) throws IllegalAccessException {
    UnknownFields unknown = new UnknownFields();
    unknown.search("", object);
    return unknown.found;
  }

  private void search(String path, Object value) throws IllegalAccessException {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        search("%s[%d]".formatted(path, i), list.get(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        search(path + "." + entry.getKey(), entry.getValue());
      }
    } else if (value != null && isOurs(value.getClass())) {
      for (Class<?> type = value.getClass(); isOurs(type); type = type.getSuperclass()) {
        searchFields(path, value, type);
      }
    }
  }

  private void searchFields(String path, Object value, Class<?> type)
      throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isEnum()) {
        continue;
      }
      field.setAccessible(true);
      Object content = field.get(value);
      if (field.getName().equals("additionalProperties")) {
        ((Map<?, ?>) content).keySet().forEach(key -> found.add(path + "." + key));
      } else {
        search(path + "." + field.getName(), content);
      }
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("io.fabric8.") || type.getName().startsWith("dev.echosounder");
  }
}
