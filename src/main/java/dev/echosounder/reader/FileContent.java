package dev.echosounder.reader;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is in a file.
 *
 * @param bytes all of it, if it could be read
 * @param problem what there is instead
 */
public record FileContent(Optional<Buffer> bytes, String problem) {

  /** There is none. */
  public static final FileContent MISSING = failed("no file");

  /** Reads a file of at most so many bytes; blocks. */
  public static FileContent read(Path path, int most) {
    if (Files.isDirectory(path)) {
      return failed("a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(most + 1);
      return bytes.length > most
          ? failed("more than " + (most >> 20) + " MiB")
          : new FileContent(Optional.of(Buffer.buffer(bytes)), "");
    } catch (NoSuchFileException e) {
      return MISSING;
    } catch (AccessDeniedException e) {
      return failed("a file that may not be read");
    } catch (IOException e) {
      return failed("an error (" + e.getMessage() + ")");
    }
  }

  /** There is this instead of a content. */
  public static FileContent failed(String problem) {
    return new FileContent(Optional.empty(), problem);
  }

  /** Not the content, which may be a secret. */
  @Override
  public String toString() {
    return bytes.map(all -> all.length() + " bytes").orElse(problem);
  }
}
