package io.github.webpubsubtestkit.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentCodingTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "plain, plain, plain",
    "room%20name, room name, room name",
    "room+part, room+part, room+part",
    "room%2Bpart, room+part, room+part",
    "tenant%2Falice, tenant%2Falice, tenant/alice",
    "tenant%2falice, tenant%2falice, tenant/alice",
    "tenant%252Falice, tenant%2Falice, tenant%2Falice",
    "literal%2520value, literal%20value, literal%20value",
    "%E4%BD%A0%3F%23%25, 你?#%, 你?#%",
    "%F0%9F%98%80, 😀, 😀",
    "chat%5B1%5D, chat[1], chat[1]",
    "a%00b%09c%7F, a\u0000b\tc\u007f, a\u0000b\tc\u007f",
    "%C2%80%C3%BC%DF%BF, \u0080ü\u07ff, \u0080ü\u07ff",
    "%E0%A4%85%EF%BD%81, \u0905\uff41, \u0905\uff41",
    "%F0%90%80%80%F4%8F%BF%BF, \ud800\udc00\udbff\udfff, \ud800\udc00\udbff\udfff",
    "100%, 100%, 100%",
    "%zz%4, %zz%4, %zz%4",
    "%+1%-1, %+1%-1, %+1%-1",
    "%FF%C3%28%41, %FF%C3(A, %FF%C3(A",
    "%ED%A0%80%41, %ED%A0%80A, %ED%A0%80A",
    "%E4%BD, %E4%BD, %E4%BD",
    "%C3%4, %C3%4, %C3%4",
    "%EF%BF%BD, \uFFFD, \uFFFD"
  })
  @DisplayName("rest-api 6.1: escapes are decoded once, %2F only where asked for")
  void decodes(String sent, String exceptSlash, String all) {
    assertThat(PercentCoding.decodeExceptSlash(sent)).isEqualTo(exceptSlash);
    assertThat(PercentCoding.decode(sent)).isEqualTo(all);
  }
}
