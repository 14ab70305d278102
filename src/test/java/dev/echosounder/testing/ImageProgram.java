package dev.echosounder.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A container, as restricted as a cluster would have it, but with the network of this machine, so
 * that it and the tests reach each other on free ports of 127.0.0.1. It sees the temporary files of
 * the tests where they are, and cannot write to them.
 */
final class ImageProgram implements Program {

  private static final Path FILES = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();

  private final String image;
  private final String name = "echosounder-test-" + UUID.randomUUID();

  ImageProgram(String image) {
    this.image = image;
  }

  @Override
  public ProcessBuilder process(
      Path directory, Map<String, String> environment, List<String> arguments) throws IOException {
    open(directory.toAbsolutePath());
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--name", name));
    command.addAll(List.of("--network", "host", "--pull", "never"));
    command.addAll(List.of("--read-only", "--cap-drop", "ALL"));
    command.addAll(List.of("--security-opt", "no-new-privileges"));
    command.addAll(List.of("--volume", FILES + ":" + FILES + ":ro"));
    command.addAll(List.of("--workdir", directory.toAbsolutePath().toString()));
    environment.forEach((key, value) -> command.addAll(List.of("--env", key + "=" + value)));
    command.add(image);
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  /** JUnit's folders are for their owner alone, who is not the user of the container. */
  private static void open(Path directory) throws IOException {
    for (Path path = directory; path.startsWith(FILES) && !path.equals(FILES); ) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      permissions.add(PosixFilePermission.OTHERS_READ);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(path, permissions);
      path = path.getParent();
    }
  }

  @Override
  public void end() throws IOException {
    Process removal =
        new ProcessBuilder("docker", "rm", "--force", name)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      removal.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
