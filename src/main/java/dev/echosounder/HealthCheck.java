package dev.echosounder;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * The health check of a container that has neither a shell nor a client of HTTP: {@code java -cp
 * echosounder.jar dev.echosounder.HealthCheck http://127.0.0.1:8080/healthcheck/ready}. It exits
 * with 0 if the answer is 200, else with 1. It uses nothing but the JDK, so that it starts quickly.
 */
public final class HealthCheck {

  private static final int TIMEOUT_MILLIS = 2000;

  private HealthCheck() {}

  /** Asks for the URL of the first argument, and ends the process. */
  public static void main(String[] args) {
    String verdict =
        args.length == 1 ? ask(args[0]) : "got " + args.length + " arguments, expected a URL";
    if (!verdict.isEmpty()) {
      System.err.println(verdict);
      System.exit(1);
    }
  }

  /** Asks for a URL, for two seconds to connect and two to answer; empty if it is well. */
  static String ask(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      return status == HttpURLConnection.HTTP_OK ? "" : url + " answers " + status;
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      return url + ": " + e.getMessage();
    }
  }
}
