package dev.echosounder;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The health check of a container that has neither a shell nor a client of HTTP: {@code java -cp
 * echosounder.jar dev.echosounder.HealthCheck http://127.0.0.1:8080/healthcheck/ready}. It exits
 * with 0 if the answer is 200, else with 1. It uses nothing but the JDK, so that it starts quickly.
 *
 * <p>Over TLS the certificate of a loopback address is not verified: it is that of the service
 * itself, made for the name that others know it by. Any other is, by what the JDK believes.
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

  /**
   * Asks for a URL, for two seconds to connect and two to answer, and waits for it.
   *
   * @return what is wrong; empty if it is well
   */
  public static String ask(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      if (connection instanceof HttpsURLConnection https && isOwn(https.getURL().getHost())) {
        https.setSSLSocketFactory(anyCertificate().getSocketFactory());
        https.setHostnameVerifier((name, session) -> true);
      }
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      return status == HttpURLConnection.HTTP_OK ? "" : url + " answers " + status;
    } catch (IOException
        | IllegalArgumentException
        | ClassCastException
        | GeneralSecurityException e) {
      return url + ": " + e.getMessage();
    }
  }

  private static boolean isOwn(String host) throws UnknownHostException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }

  private static SSLContext anyCertificate() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    return context;
  }

  private static final class Trusting extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
