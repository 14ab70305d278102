package dev.echosounder.hostile;

import dev.echosounder.testing.RawHttp2;
import java.io.IOException;

/**
 * What a hostile client of HTTP/2 does, and what has to come of it.
 *
 * @param name what is wrong with it
 * @param deed what it sends on a new connection
 * @param heard what it must hear, as {@link RawHttp2} says it
 */
record Http2Fault(String name, Deed deed, String heard) {

  /** What is sent. */
  interface Deed {
    void on(RawHttp2 client) throws IOException;

    /** This, so many times. */
    default Deed times(int count) {
      return client -> {
        for (int i = 0; i < count; i++) {
          on(client);
        }
      };
    }

    /** This, and then that. */
    default Deed then(Deed next) {
      return client -> {
        on(client);
        next.on(client);
      };
    }
  }

  /** The whole connection ends with that error. */
  static Http2Fault ends(String error, String name, Deed deed) {
    return greeted("goaway " + error, name, deed);
  }

  /** Stream 1 ends with that error, and the connection goes on. */
  static Http2Fault resets(String error, String name, Deed deed) {
    return greeted("1 reset " + error, name, deed);
  }

  /** Stream 1 is answered with that status, and the connection goes on. */
  static Http2Fault answered(int status, String name, Deed deed) {
    return greeted("1 status " + status, name, deed);
  }

  /** The greeting, and then that. */
  static Http2Fault greeted(String heard, String name, Deed deed) {
    return new Http2Fault(name, client -> deed.on(client.greet()), heard);
  }

  /** Whether the connection ends with it. */
  boolean ends() {
    return heard.startsWith("goaway");
  }
}
