package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

  /** The examples of RFC 3986 section 5.4 that have an authority, fragments left out. */
  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    ";x, http://a/b/c/;x",
    "g;x?y, http://a/b/c/g;x?y",
    "'', http://a/b/c/d;p?q",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../g, http://a/g",
    "../../../g, http://a/g",
    "../../../../g, http://a/g",
    "/./g, http://a/g",
    "/../g, http://a/g",
    "g., http://a/b/c/g.",
    "..g, http://a/b/c/..g",
    "./../g, http://a/b/g",
    "g/./h, http://a/b/c/g/h",
    "g;x=1/../y, http://a/b/c/y",
    "g?y/../x, http://a/b/c/g?y/../x"
  })
  void a_reference_is_resolved_as_in_the_rfc(String reference, String expected) {
    assertThat(new Reference(reference).from(URI.create("http://a/b/c/d;p?q")))
        .contains(URI.create(expected));
  }

  @Test
  void a_base_without_a_path_has_the_root_path() {
    assertThat(new Reference("x").from(URI.create("http://a:81")))
        .contains(URI.create("http://a:81/x"));
    assertThat(new Reference("?x").from(URI.create("http://u@a")))
        .contains(URI.create("http://a/?x"));
  }

  @Test
  void bytes_that_no_uri_has_are_encoded() {
    assertThat(new Reference("/a b|\u00c3\u00a4").from(URI.create("http://a/")))
        .contains(URI.create("http://a/a%20b%7C%C3%A4"));
  }

  @Test
  void what_is_no_reference_is_none() {
    assertThat(new Reference("http://a:b:c/%").from(URI.create("http://a/"))).isEmpty();
  }
}
