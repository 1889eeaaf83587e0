package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A failure of TLS on one connection, in words for the person who has to mend it. */
final class TlsException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final String ALERT = "Received fatal alert: ";

  /** Many clients do not say why they end a handshake, or not in a way that can be read. */
  private static final String USUALLY =
      ", usually because the client does not trust this port's certificate: see sslContext() and"
          + " certificate()";

  private final boolean lasting;

  private TlsException(String message, boolean lasting, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** A failure that another attempt may avoid. */
  static TlsException of(String message) {
    return new TlsException(message, false, null);
  }

  /**
   * The end of TCP in the midst of a handshake.
   *
   * @param sawCertificate true if the peer is a client that was shown our certificate
   */
  static TlsException closed(boolean sawCertificate) {
    return of(
        "the connection was closed during the TLS handshake" + (sawCertificate ? USUALLY : ""));
  }

  /** A peer that does not speak TLS. */
  static TlsException notTls(String message) {
    return new TlsException(message, true, null);
  }

  /**
   * A failure reported by the engine.
   *
   * @param sawCertificate true if the peer is a client that was shown our certificate, in a
   *     handshake that is not over
   */
  static TlsException of(
      Exception failure, boolean client, boolean handshake, boolean sawCertificate) {
    String stage = handshake ? "the TLS handshake failed: " : "TLS failed: ";
    CertificateException certificate = certificateFailure(failure);
    if (certificate != null) {
      return new TlsException(stage + certificate.getMessage(), true, failure);
    }
    String message = String.valueOf(failure.getMessage());
    String alert = message.startsWith(ALERT) ? message.replace(ALERT, "") : "";
    if (!client && isOfCertificate(alert)) {
      return new TlsException(
          stage
              + "the client does not accept the certificate of this port (alert "
              + alert
              + "); it has to trust it, and to use a name that is in it",
          true,
          failure);
    }
    return new TlsException(
        stage
            + (alert.isEmpty() ? message : "the peer ended it with the alert " + alert)
            + (sawCertificate ? USUALLY : ""),
        failure instanceof SSLException && handshake,
        failure);
  }

  private static boolean isOfCertificate(String alert) {
    return alert.contains("certificate") || alert.equals("unknown_ca");
  }

  private static @Nullable CertificateException certificateFailure(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException certificate) {
        return certificate;
      }
    }
    return null;
  }

  /** Returns whether another attempt would fail in the same way. */
  boolean isLasting() {
    return lasting;
  }
}
