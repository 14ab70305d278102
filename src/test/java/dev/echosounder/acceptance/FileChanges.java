package dev.echosounder.acceptance;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A file below a directory that is a link, as in the volume of a Kubernetes ConfigMap, and the ways
 * in which it can change.
 */
final class FileChanges {

  /** A way to change; whatever state the file is in, it has the content in the end, or is bad. */
  interface Way {
    void change(String content) throws IOException;
  }

  private static final long PART_NANOS = 30_000_000;
  private static final long TOO_LARGE = 65L << 20;

  private final Path mount;
  private final String name;
  private int revision;

  /** Makes the volume, with the file's first content. */
  FileChanges(Path mount, String name, String content) throws IOException {
    this.mount = Files.createDirectories(mount);
    this.name = name;
    switchLink(content);
    Files.createSymbolicLink(file(), Path.of("..data", name));
  }

  /** Where the file is read. */
  Path file() {
    return mount.resolve(name);
  }

  private Path real() {
    return mount.resolve("..data").resolve(name);
  }

  /** Those after which it is good, by what they are called. */
  Map<String, Way> good() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("rename over it", this::rename);
    ways.put("write in place", content -> Files.writeString(real(), content));
    ways.put("truncate, then write in two parts", this::writeInParts);
    ways.put("switch the link", this::switchLink);
    ways.put("delete and make anew", this::makeAnew);
    ways.put("the same content again", content -> rename(Files.readString(real())));
    ways.put(
        "touch",
        content -> Files.setLastModifiedTime(real(), FileTime.from(Instant.now().plusSeconds(9))));
    return ways;
  }

  /** Those after which it is bad; each needs another one that makes it good again. */
  Map<String, Way> bad() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("half of it", this::half);
    ways.put("a mistake", content -> rename(content + "urlz: []\n"));
    ways.put("nothing", content -> rename(""));
    ways.put("no file", content -> Files.delete(real()));
    ways.put("no permission, and a mistake for root", this::forbid);
    ways.put("more than the limit", this::outgrow);
    ways.put("a directory", this::becomeDirectory);
    return ways;
  }

  void rename(String content) throws IOException {
    Path fresh = Files.writeString(mount.resolve("fresh"), content);
    if (Files.isDirectory(real())) {
      Files.delete(real());
    }
    Files.move(fresh, real(), ATOMIC_MOVE);
  }

  private void half(String content) throws IOException {
    Files.writeString(real(), content.substring(0, content.length() / 2) + "  - ht");
  }

  private void writeInParts(String content) throws IOException {
    Files.writeString(real(), content.substring(0, content.length() / 2));
    LockSupport.parkNanos(PART_NANOS);
    Files.writeString(real(), content.substring(content.length() / 2), StandardOpenOption.APPEND);
  }

  private void switchLink(String content) throws IOException {
    Path directory = Files.createDirectory(mount.resolve(".." + ++revision));
    Files.writeString(directory.resolve(name), content);
    Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), directory.getFileName());
    Files.move(next, mount.resolve("..data"), ATOMIC_MOVE);
  }

  private void makeAnew(String content) throws IOException {
    Files.delete(real());
    Files.writeString(real(), content);
  }

  private void forbid(String content) throws IOException {
    rename(content + "urlz: []\n");
    Files.setPosixFilePermissions(real(), PosixFilePermissions.fromString("---------"));
  }

  private void outgrow(String content) throws IOException {
    Path fresh = mount.resolve("fresh");
    try (RandomAccessFile large = new RandomAccessFile(fresh.toFile(), "rw")) {
      large.setLength(TOO_LARGE);
    }
    Files.move(fresh, real(), ATOMIC_MOVE);
  }

  private void becomeDirectory(String content) throws IOException {
    Files.delete(real());
    Files.createDirectory(real());
  }
}
