package io.github.webpubsubtestkit.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {

  @Test
  void theKitsCertificateIsForThisMachineAndValidForYears() throws Exception {
    X509Certificate certificate = TlsIdentity.ofKit().certificate();

    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(each -> String.valueOf(each.get(1)))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getNotAfter()).isAfter(Instant.now().plus(Duration.ofDays(3650)));
    assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(TlsIdentity.ofKit().context()).isSameAs(TlsIdentity.ofKit().context());
  }

  @Test
  void pemIsReadByOthers(@TempDir Path folder) throws Exception {
    String pem = TlsIdentity.ofKit().pem();

    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(TlsIdentity.ofKit().certificate());
    assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
    Path file = Files.writeString(folder.resolve("a.pem"), pem + pem);
    assertThat(TlsIdentity.certificates(file)).hasSize(2);
  }

  @Test
  void aKeyStoreGivesItsFirstKey(@TempDir Path folder) throws Exception {
    Path file = TestKeyStores.forLocalhost(folder, "-keyalg", "RSA");

    TlsIdentity identity = TlsIdentity.of(file, TestKeyStores.PASSWORD.toCharArray());

    assertThat(identity.certificate().getSubjectX500Principal()).hasToString("CN=own");
  }

  @Test
  void whatIsNoKeyStoreIsNamed(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none.p12");
    Path text = Files.writeString(folder.resolve("text.p12"), "no key store");

    for (Path each : List.of(none, text)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TlsIdentity.of(each, new char[0]))
          .withMessageStartingWith("the key store " + each + " ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TlsIdentity.certificates(each))
          .withMessageContaining(each.toString());
    }
  }

  @Test
  void aWrongPasswordIsNamed(@TempDir Path folder) throws Exception {
    Path file = TestKeyStores.forLocalhost(folder);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsIdentity.of(file, "wrong".toCharArray()))
        .withMessageContaining(file.toString())
        .withMessageContaining("password");
  }
}
