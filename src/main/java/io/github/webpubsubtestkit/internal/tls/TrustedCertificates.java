package io.github.webpubsubtestkit.internal.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts some certificates, what they have issued, and the authorities of the JVM. Every refusal
 * says which of the three conditions of tls-and-entra 1.3 is not met.
 */
final class TrustedCertificates extends X509ExtendedTrustManager {

  /** The authorities of the JVM, loaded when a certificate is none of those given. */
  private static final class OfJvm {
    static final X509ExtendedTrustManager MANAGER = manager(null);
  }

  private final @Nullable X509ExtendedTrustManager given;

  TrustedCertificates(Collection<X509Certificate> certificates) {
    given = certificates.isEmpty() ? null : manager(store(certificates));
  }

  private static KeyStore store(Collection<X509Certificate> certificates) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate each : certificates) {
        store.setCertificateEntry("trusted-" + number++, each);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("certificates cannot be trusted: " + e, e);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager manager) {
          return manager;
        }
      }
      throw new IllegalStateException("this JVM cannot check certificates");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificates cannot be checked: " + e, e);
    }
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    X509ExtendedTrustManager manager = trusting(chain, authType);
    try {
      manager.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw wrongName(chain[0], engine == null ? null : engine.getPeerHost(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    X509ExtendedTrustManager manager = trusting(chain, authType);
    try {
      manager.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      String host =
          socket instanceof SSLSocket secure && secure.getHandshakeSession() != null
              ? secure.getHandshakeSession().getPeerHost()
              : null;
      throw wrongName(chain[0], host, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    trusting(chain, authType);
  }

  /** The manager that trusts a server's certificate, regardless of its name. */
  private X509ExtendedTrustManager trusting(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkDates(chain[0]); // not checked by the JDK for a certificate that is trusted itself
    X509ExtendedTrustManager own = given;
    if (own != null) {
      try {
        own.checkServerTrusted(chain, authType);
        return own;
      } catch (CertificateException e) {
        // the JVM may know it
      }
    }
    try {
      OfJvm.MANAGER.checkServerTrusted(chain, authType);
      return OfJvm.MANAGER;
    } catch (CertificateException e) {
      throw new CertificateException(
          "the certificate is not trusted: "
              + describe(chain[0])
              + ", issued by "
              + chain[0].getIssuerX500Principal().getName(),
          e);
    }
  }

  /** Refuses a certificate that is not valid today. */
  static void checkDates(X509Certificate certificate) throws CertificateException {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new CertificateException(
          "the certificate has expired: "
              + describe(certificate)
              + " was valid until "
              + day(certificate.getNotAfter()),
          e);
    } catch (CertificateNotYetValidException e) {
      throw new CertificateException(
          "the certificate is not valid yet: "
              + describe(certificate)
              + " is valid from "
              + day(certificate.getNotBefore()),
          e);
    }
  }

  private static String day(Date date) {
    return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String describe(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static CertificateException wrongName(
      X509Certificate certificate, @Nullable String host, CertificateException cause) {
    return new CertificateException(
        "the certificate is for another name: "
            + describe(certificate)
            + " is for "
            + names(certificate)
            + (host == null ? "" : ", not for " + host),
        cause);
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null || names.isEmpty()
          ? "no host"
          : names.stream()
              .map(each -> String.valueOf(each.get(1)))
              .collect(Collectors.joining(", "));
    } catch (CertificateException e) {
      return "unreadable names";
    }
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    X509ExtendedTrustManager own = given;
    (own == null ? OfJvm.MANAGER : own).checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    X509ExtendedTrustManager own = given;
    return own == null ? new X509Certificate[0] : own.getAcceptedIssuers();
  }
}
