package io.github.webpubsubtestkit.internal.transport;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Creates engines for HTTP/1.1 over TLS 1.2 and 1.3 (tls-and-entra 1.2). */
final class TlsEngines {

  private static final String HTTP_1_1 = "http/1.1";
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /**
   * For {@link #client}: resumes a session with any port of the host. Each fake has a port of its
   * own, but all have one key, to which a session belongs: a server with another key ignores the
   * session and has to show its certificate.
   */
  static final int ANY_PORT = 0;

  private TlsEngines() {}

  /** For an accepted connection. */
  static SSLEngine server(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(VERSIONS);
    // an empty answer goes on without ALPN; null would end a handshake that works without it
    engine.setHandshakeApplicationProtocolSelector(
        (any, offered) -> offered.contains(HTTP_1_1) ? HTTP_1_1 : "");
    return engine;
  }

  /**
   * For a connection of ours, which compares the host with the certificate.
   *
   * @param port with whose sessions it shortens the handshake, if the context has any
   */
  static SSLEngine client(SSLContext context, String host, int port) {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SSLEngine engine = context.createSSLEngine(name, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setApplicationProtocols(new String[] {HTTP_1_1});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
