package io.github.webpubsubtestkit.internal.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The key and the certificates with which a fake shows who it is. */
public final class TlsIdentity {

  /** One for all fakes of the JVM. */
  private static final class OfKit {
    static final TlsIdentity IDENTITY = fromResources();
  }

  private static final String ENTRY_IN_MESSAGES = "the key store ";

  private final List<X509Certificate> chain;
  private final SSLContext context;

  private TlsIdentity(
      PrivateKey key, List<X509Certificate> chain, Collection<X509Certificate> alsoTrusted) {
    this.chain = List.copyOf(chain);
    List<X509Certificate> trusted = new ArrayList<>(chain);
    trusted.addAll(alsoTrusted);
    this.context = context(new OneKey(key, this.chain), trusted);
  }

  /** That of the kit, for {@code localhost}, {@code 127.0.0.1} and {@code ::1}. */
  public static TlsIdentity ofKit() {
    return OfKit.IDENTITY;
  }

  /**
   * The first key of a key store.
   *
   * @param file PKCS#12 or JKS
   * @param password of the store and of the key
   * @throws IllegalArgumentException if the file cannot be read or has no key; names it. Its cause
   *     is an {@link UnrecoverableKeyException} if the password is wrong
   */
  public static TlsIdentity of(Path file, char[] password) {
    checkFile(file, ENTRY_IN_MESSAGES);
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
          Certificate[] chain = store.getCertificateChain(alias);
          return new TlsIdentity(
              key,
              Arrays.stream(chain).map(X509Certificate.class::cast).toList(),
              List.of(ofKit().certificate()));
        }
      }
      throw new IllegalArgumentException(ENTRY_IN_MESSAGES + file + " has no private key");
    } catch (UnrecoverableKeyException e) {
      throw new IllegalArgumentException(
          ENTRY_IN_MESSAGES + file + " has a key with another password than its own", e);
    } catch (GeneralSecurityException | IOException | ClassCastException e) {
      if (e.getCause() instanceof UnrecoverableKeyException wrong) {
        throw new IllegalArgumentException(
            ENTRY_IN_MESSAGES
                + file
                + (password.length == 0 ? " needs a password" : " has another password"),
            wrong);
      }
      throw new IllegalArgumentException(
          ENTRY_IN_MESSAGES + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void checkFile(Path file, String what) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          what + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
  }

  /**
   * A context for clients that trust some certificates, the kit's and the authorities of the JVM,
   * and have no certificate of their own.
   */
  public static SSLContext trusting(Collection<X509Certificate> certificates) {
    List<X509Certificate> trusted = new ArrayList<>(certificates);
    trusted.add(ofKit().certificate());
    return context(null, trusted);
  }

  /** Reads certificates, as PEM or DER. */
  public static List<X509Certificate> certificates(Path file) {
    checkFile(file, "");
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (read.isEmpty()) {
        throw new IllegalArgumentException(file + " has no certificate");
      }
      return read;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "certificates cannot be read from " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A context for the clients of a fake: they trust it, and everything that shows the kit's key.
   */
  public static SSLContext trusted(@Nullable TlsIdentity ofFake) {
    return ofFake == null ? ofKit().context() : ofFake.context();
  }

  /**
   * A context for servers that show these certificates, and for clients that trust them and the
   * authorities of the JVM.
   */
  public SSLContext context() {
    return context;
  }

  /** The certificate that servers show. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Why clients refuse the certificate today, if they do: it has expired or is not valid yet. */
  public Optional<String> invalidity() {
    try {
      TrustedCertificates.checkDates(certificate());
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /** The certificates as PEM, that of the server first. */
  public String pem() {
    return chain.stream().map(TlsIdentity::pem).collect(Collectors.joining());
  }

  private static String pem(X509Certificate certificate) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  private static TlsIdentity fromResources() {
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(resource("localhost.key.der")));
      try (InputStream in = open("localhost.crt.der")) {
        X509Certificate certificate =
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        return new TlsIdentity(key, List.of(certificate), List.of());
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the kit's certificate cannot be used: " + e, e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = TlsIdentity.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the kit's jar has no " + name);
    }
    return in;
  }

  private static SSLContext context(@Nullable OneKey key, Collection<X509Certificate> trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          key == null ? new KeyManager[0] : new KeyManager[] {key},
          new TrustManager[] {new TrustedCertificates(trusted)},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS: " + e, e);
    }
  }
}
