package dev.echosounder.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was found at the places of all globs: two equal looks found the same.
 *
 * @param stamps a {@link FileContent#stamp} for each file that is there
 * @param problems what is wrong with a glob as a whole, by its text
 */
record FileLook(SortedMap<String, String> stamps, SortedMap<String, String> problems) {

  /** Before the first look. */
  static final FileLook NONE = new FileLook(new TreeMap<>(), new TreeMap<>());

  /**
   * Looks; blocks.
   *
   * @param last the files of a directory that cannot be read now are taken for what they were then
   */
  static FileLook at(List<String> globs, FileLook last) {
    FileLook look = new FileLook(new TreeMap<>(), new TreeMap<>());
    globs.stream().map(FileGlob::new).forEach(glob -> look.add(glob, last));
    return look;
  }

  private void add(FileGlob glob, FileLook last) {
    if (!glob.isPattern()) {
      add(Path.of(glob.text()));
      return;
    }
    try {
      NavigableSet<Path> files = glob.list();
      if (files.size() > FileGlob.MAX_FILES) {
        files.pollLast();
        problems.put(
            glob.text(),
            "got more files, expected at most %d; others than the first by name are not read"
                .formatted(FileGlob.MAX_FILES));
      }
      files.forEach(this::add);
    } catch (IOException e) {
      problems.put(glob.text(), "got a directory that cannot be read, expected one that can");
      last.stamps.forEach(
          (place, stamp) -> {
            if (glob.matches(Path.of(place))) {
              stamps.put(place, stamp);
            }
          });
    }
  }

  private void add(Path file) {
    FileContent.read(file).ifPresent(content -> stamps.put(file.toString(), content.stamp()));
  }

  /** What stayed the same from a first look to this second one; the rest as it was at the last. */
  FileLook settled(FileLook first, FileLook last) {
    return new FileLook(
        settled(first.stamps, stamps, last.stamps),
        settled(first.problems, problems, last.problems));
  }

  private static SortedMap<String, String> settled(
      SortedMap<String, String> first,
      SortedMap<String, String> second,
      SortedMap<String, String> last) {
    Set<String> places = new TreeSet<>(first.keySet());
    places.addAll(second.keySet());
    places.addAll(last.keySet());
    SortedMap<String, String> settled = new TreeMap<>();
    for (String place : places) {
      String now = second.get(place);
      boolean same = now == null ? !first.containsKey(place) : now.equals(first.get(place));
      String stamp = same ? now : last.get(place);
      if (stamp != null) {
        settled.put(place, stamp);
      }
    }
    return settled;
  }

  /** This look as if some of the files had not been there. */
  FileLook without(Set<String> files) {
    SortedMap<String, String> others = new TreeMap<>(stamps);
    others.keySet().removeAll(files);
    return new FileLook(others, problems);
  }

  /** The files that an earlier look did not find so. */
  Set<String> changedSince(FileLook earlier) {
    Set<String> changed = new TreeSet<>(stamps.keySet());
    changed.removeIf(file -> stamps.get(file).equals(earlier.stamps.get(file)));
    return changed;
  }

  /** What is wrong with globs that was not at an earlier look. */
  Map<String, Answer> newProblems(FileLook earlier) {
    Map<String, Answer> fresh = new TreeMap<>();
    problems.forEach(
        (glob, problem) -> {
          if (!problem.equals(earlier.problems.get(glob))) {
            fresh.put(glob, Answer.bad(problem));
          }
        });
    return fresh;
  }

  /** The files and globs that are sources of targets. */
  Set<String> places() {
    Set<String> places = new TreeSet<>(stamps.keySet());
    places.addAll(problems.keySet());
    return places;
  }
}
