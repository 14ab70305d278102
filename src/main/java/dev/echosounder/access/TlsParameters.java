package dev.echosounder.access;

import dev.echosounder.settings.ServerTls;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** A context whose engines have what is set engine by engine. */
final class TlsParameters extends DelegatingSslContext {

  private final boolean preferServerCipherSuites;
  private final List<String> curves;

  TlsParameters(SslContext context, ServerTls tls) {
    super(context);
    this.preferServerCipherSuites = tls.preferServerCipherSuites();
    this.curves = tls.curves();
  }

  @Override
  protected void initEngine(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setUseCipherSuitesOrder(preferServerCipherSuites);
    if (!curves.isEmpty()) {
      setCurves(parameters, curves);
    }
    engine.setSSLParameters(parameters);
  }

  // The method is there from JDK 20 on; this is compiled for 17.
  private static void setCurves(SSLParameters parameters, List<String> curves) {
    try {
      SSLParameters.class
          .getMethod("setNamedGroups", String[].class)
          .invoke(parameters, (Object) curves.toArray(String[]::new));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK cannot choose curves", e);
    }
  }
}
