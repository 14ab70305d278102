package dev.echosounder.chart;

import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** values.yaml with its comments, in its order. */
final class DefaultValues {

  /**
   * One key.
   *
   * @param key with those above it
   * @param text the default, as JSON; nothing where the keys below have comments of their own
   * @param comment what is said above it, on one line
   */
  record Value(String key, String text, String comment) {}

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setParseComments(true).build();

  private final List<Value> values = new ArrayList<>();

  private DefaultValues() {}

  static List<Value> read() throws IOException {
    String yaml = Files.readString(Chart.DIRECTORY.resolve("values.yaml"));
    Node root = new Compose(SETTINGS).composeReader(new StringReader(yaml)).orElseThrow();
    DefaultValues defaults = new DefaultValues();
    defaults.collect("", (MappingNode) root);
    return defaults.values;
  }

  private void collect(String path, MappingNode mapping) {
    for (NodeTuple tuple : mapping.getValue()) {
      String key = path + ((ScalarNode) tuple.getKeyNode()).getValue();
      boolean section = tuple.getValueNode() instanceof MappingNode child && isSection(child);
      String text = section ? "" : json(tuple.getValueNode());
      values.add(new Value(key, text, comment(tuple.getKeyNode())));
      if (section) {
        collect(key + ".", (MappingNode) tuple.getValueNode());
      }
    }
  }

  private static boolean isSection(MappingNode mapping) {
    return !mapping.getValue().isEmpty()
        && mapping.getValue().stream().noneMatch(tuple -> comment(tuple.getKeyNode()).isEmpty());
  }

  /** The last block of comments: one that is set off by an empty line is about more than a key. */
  private static String comment(Node key) {
    List<CommentLine> lines = key.getBlockComments() == null ? List.of() : key.getBlockComments();
    String text =
        lines.stream().map(line -> line.getValue().strip()).collect(Collectors.joining("\n"));
    return text.substring(text.lastIndexOf("\n\n") + 1).strip().replace('\n', ' ');
  }

  private static String json(Node node) {
    return Json.encode(
        new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node)));
  }
}
