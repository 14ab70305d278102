package dev.echosounder.hostile;

import static dev.echosounder.hostile.Hostile.echoed;
import static dev.echosounder.hostile.Hostile.refused;

import java.util.List;

/** RFC 9112 section 3.2, RFC 9110 section 7.2. */
final class Hosts {

  static final List<Hostile> TABLE =
      List.of(
          refused("no host", "GET / HTTP/1.1\r\n\r\n"),
          refused("no host but other fields", "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"),
          refused("no host beside an absolute form", "GET http://a/ HTTP/1.1\r\n\r\n"),
          refused("two equal hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
          refused("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
          refused("two hosts, one lower-case", "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n"),
          refused(
              "two hosts, others between", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nHOST: b\r\n\r\n"),
          refused("three hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nHost: c\r\n\r\n"),
          refused("two hosts of HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
          refused("an empty host and another", "GET / HTTP/1.1\r\nHost:\r\nHost: b\r\n\r\n"),
          host("a b"),
          host("a, b"),
          host("a/b"),
          host("/"),
          host("a?b"),
          host("a#b"),
          host("user@a"),
          host("user:pw@a"),
          host("http://a"),
          host("a:port"),
          host("a:80:80"),
          host("a:-1"),
          host("a:+80"),
          host("a:80 " + "x"),
          host("a:65536"),
          host("a:99999999999"),
          host("[::1"),
          host("::1]"),
          host("[::1]x"),
          host("[::1]:x"),
          host("[g::1]"),
          host("a\\b"),
          host("a\"b"),
          host("a<b>"),
          host("a^b"),
          host("a`b"),
          host("a{b}"),
          host("a|b"),
          host("a%"),
          host("a%zz"),
          host("\u00e9"),
          host("a\u00a0b"),
          echoed(
              "no host of HTTP/1.0", "GET /h0 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "/h0"),
          echoed("an address", "GET /h1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "/h1"),
          echoed("an address and a port", "GET /h2 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n", "/h2"),
          echoed("an IPv6 address", "GET /h3 HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "/h3"),
          echoed(
              "another host than the target's",
              "GET http://b/h4 HTTP/1.1\r\nHost: a\r\n\r\n",
              "/h4"),
          echoed("spaces around it", "GET /h5 HTTP/1.1\r\nHost:  a \t\r\n\r\n", "/h5"),
          echoed(
              "a comma in it, as names may have", "GET /h7 HTTP/1.1\r\nHost: a,b\r\n\r\n", "/h7"),
          echoed("a name with an underscore", "GET /h6 HTTP/1.1\r\nHost: a_b-c.d\r\n\r\n", "/h6"));

  private static Hostile host(String host) {
    return refused("the host " + host, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  private Hosts() {}
}
