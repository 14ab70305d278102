package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import java.util.Map;
import java.util.Set;

/**
 * What the readers of modules share while one configuration is read.
 *
 * @param problems where they say what is wrong
 * @param files the files that are named
 * @param environment the variables of the process
 * @param secretQueryParameters in lower case
 */
record Inputs(
    Problems problems,
    NamedFiles files,
    Map<String, String> environment,
    Set<String> secretQueryParameters) {

  FilesReader filesReader() {
    return new FilesReader(problems, files);
  }
}
