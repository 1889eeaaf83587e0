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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A key for HMAC-SHA256")
class HmacKeyTest {

  @Test
  @DisplayName("signs as the second case of RFC 4231 does")
  void signsAsTheRfc() {
    byte[] signature = HmacKey.of("Jefe").sign("what do ya want for nothing?".getBytes(US_ASCII));

    assertThat(HexFormat.of().formatHex(signature))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 63, 64, 65, 131, 1000})
  @DisplayName("signs as the JDK's Mac does, whatever the length of the key and the message")
  void signsAsTheJdk(int length) throws Exception {
    Random random = new Random(length);
    byte[] key = new byte[length];
    random.nextBytes(key);
    HmacKey hmac = new HmacKey(key);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));

    for (int size = 0; size < 200; size++) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      assertThat(hmac.sign(message)).isEqualTo(mac.doFinal(message));
    }
  }

  @Test
  @DisplayName("is not shown")
  void isNotShown() {
    assertThat(HmacKey.of("the access key of a service")).hasToString("HmacKey[***]");
  }
}
