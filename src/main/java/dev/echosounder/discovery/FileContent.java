package dev.echosounder.discovery;

import dev.echosounder.schema.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is in a file.
 *
 * @param bytes all of it, if it could be read
 * @param stamp the digest of the bytes, or what there is instead; the same as long as the content
 *     is
 */
record FileContent(Optional<byte[]> bytes, String stamp) {

  /** Reads a file; empty if there is none. Blocks. */
  static Optional<FileContent> read(Path file) {
    try {
      // A pipe would block for as long as nobody writes to it.
      return Optional.of(
          Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()
              ? readRegular(file)
              : unread("something that is no regular file"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      return Optional.of(unread("a file that may not be read"));
    } catch (IOException e) {
      return Optional.of(unread("an error (" + e.getMessage() + ")"));
    }
  }

  private static FileContent readRegular(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(YamlText.MAX_BYTES + 1);
      return bytes.length > YamlText.MAX_BYTES
          ? unread("more than " + (YamlText.MAX_BYTES >> 20) + " MiB")
          : new FileContent(Optional.of(bytes), digest(bytes));
    }
  }

  private static FileContent unread(String instead) {
    return new FileContent(Optional.empty(), instead);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Not the content, which may hold secrets. */
  @Override
  public String toString() {
    return stamp;
  }
}
