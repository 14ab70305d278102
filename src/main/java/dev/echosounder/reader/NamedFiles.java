package dev.echosounder.reader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that a configuration names, relative to the working directory, each read once. Not for
 * use by two threads; blocks.
 */
public final class NamedFiles {

  /** The largest file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private final Map<String, FileContent> read = new HashMap<>();

  /** What is in a file. */
  public FileContent read(String path) {
    return read.computeIfAbsent(path, NamedFiles::content);
  }

  /** What was read, so that a change can be told: digests, as the contents may be secrets. */
  public Map<String, String> fingerprints() {
    Map<String, String> fingerprints = new TreeMap<>();
    read.forEach((path, content) -> fingerprints.put(path, fingerprint(content)));
    return fingerprints;
  }

  /** The same of these files as they are now. */
  public static Map<String, String> fingerprints(Collection<String> paths) {
    Map<String, String> fingerprints = new TreeMap<>();
    paths.forEach(path -> fingerprints.put(path, fingerprint(content(path))));
    return fingerprints;
  }

  private static FileContent content(String text) {
    Path path = Path.of(text);
    // A pipe would block for as long as nobody writes to it.
    boolean special = Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    return special
        ? FileContent.failed("something that is no regular file")
        : FileContent.read(path, MAX_BYTES);
  }

  private static String fingerprint(FileContent content) {
    return content
        .bytes()
        .map(bytes -> HexFormat.of().formatHex(sha256().digest(bytes.getBytes())))
        .orElse(content.problem());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
