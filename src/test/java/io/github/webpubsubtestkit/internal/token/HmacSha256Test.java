package io.github.webpubsubtestkit.internal.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("HMAC with SHA-256")
class HmacSha256Test {

  @ParameterizedTest
  @DisplayName("has the values of RFC 4231")
  @CsvSource({
    "Hi There, 0b, 20, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "what do ya want for nothing?, 4a656665, 1,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "Test Using Larger Than Block-Size Key - Hash Key First, aa, 131,"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
  })
  void isThatOfTheRfc(String message, String keyPart, int times, String signature) {
    byte[] key = HexFormat.of().parseHex(keyPart.repeat(times));

    assertThat(HmacSha256.sign(key(key), message.getBytes(US_ASCII)))
        .asHexString()
        .isEqualToIgnoringCase(signature);
  }

  @Test
  @DisplayName("equals the JDK's for keys and messages of any length")
  void isThatOfTheJdk() throws Exception {
    Random random = new Random(7);
    Mac jdk = Mac.getInstance("HmacSHA256");
    for (int length = 1; length < 200; length++) {
      byte[] key = new byte[length];
      byte[] message = new byte[3 * length - 3];
      random.nextBytes(key);
      random.nextBytes(message);
      jdk.init(key(key));

      assertThat(HmacSha256.sign(key(key), message)).isEqualTo(jdk.doFinal(message));
    }
  }

  private static SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, HmacSha256.ALGORITHM);
  }
}
