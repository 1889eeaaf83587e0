package io.github.webpubsubtestkit.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // parameters
        "ws://h/x?access_token=opaque&y=1 | ws://h/x?access_token=***&y=1",
        "ws://h/x?ACCESS_TOKEN=opaque#f | ws://h/x?ACCESS_TOKEN=***",
        "ws://h/x?acces%73_token=op%61que&y=1 | ws://h/x?acces%73_token=***&y=1",
        "ws://h/x?access_token=op%26aque%20d&y=1 | ws://h/x?access_token=***&y=1",
        "?r=ws%3A%2F%2Fh%3Faccess_token%3Dopaque%26y%3D1 | ?r=ws%3A%2F%2Fh%3Faccess_token%3D***%26y%3D1",
        "?awps_connection_id=1&awps_reconnection_token=op | ?awps_connection_id=1&awps_reconnection_token=***",
        "http://h/eh?code=op/q==&x=1 | http://h/eh?code=***&x=1",
        "http://h/eh?x=1&cod%65=opaque | http://h/eh?x=1&cod%65=***",
        "Endpoint=http://h;AccessKey=op=;Version=1.0; | Endpoint=http://h;AccessKey=***;Version=1.0;",
        "Endpoint=http://h;AccessKey=a key with blanks;Version=1.0; | Endpoint=http://h;AccessKey=***;Version=1.0;",
        "accesskey=opaque and more | accesskey=*** and more",
        "--acces-key=x --access-key=opaque | --acces-key=x --access-key=***",
        "access_token [opaque, other] excluded [c1] | access_token [***] excluded [c1]",
        // JSON
        "{\"reconnectionToken\" : \"op aque\" , \"x\":1} | {\"reconnectionToken\" : \"***\" , \"x\":1}",
        "{\"reconnectionToken\":\"op\\\"aque\",\"x\":1} | {\"reconnectionToken\":\"***\",\"x\":1}",
        "\"{\\\"reconnectionToken\\\":\\\"opaque\\\",\\\"x\\\":1}\" | \"{\\\"reconnectionToken\\\":\\\"***\\\",\\\"x\\\":1}\"",
        "{\"access_token\":[\"opaque\"],\"x\":1} | {\"access_token\":[***],\"x\":1}",
        "{\"accessToken\":\"opaque | {\"accessToken\":\"***",
        "{\"reconnectionToken\":null} | {\"reconnectionToken\":null}",
        "{\"url\":\"ws:\\/\\/h?access_token=opaque\",\"x\":1} | {\"url\":\"ws:\\/\\/h?access_token=***\",\"x\":1}",
        "{\"url\":\"ws://h?access_token=opaque\\u0026x=1\"} | {\"url\":\"ws://h?access_token=***\\u0026x=1\"}",
        "Connected[userId=a, reconnectionToken=opaque] | Connected[userId=a, reconnectionToken=***",
        // JWTs
        "a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln b | a *** b",
        "a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9 b | a *** b",
        "a eyJhbGciOiJIUzI1NiJ9.eyJz | a ***",
        "a eyJhbGciOiJIUzI1NiJ9..c2ln b | a *** b",
        "a eyJh.a.b.c.d b | a *** b",
        "a ewogICJhbGciOiJIUzI1NiJ9.eyJz.c2ln b | a *** b",
        "x=%65yJhbGciOiJIUzI1NiJ9%2EeyJz%2Ec2ln&y | x=***&y",
        "\"eyJhbGciOiJIUzI1NiJ9\\u002eeyJz\\u002Ec2ln\" | \"***\"",
        "token%3DeyJhbGciOiJIUzI1NiJ9.eyJz.c2ln%26x | token%3D***%26x",
        "the data eyJhbGciOiJIUzI1NiJ9 and | the data eyJhbGciOiJIUzI1NiJ9 and",
        // headers
        "Authorization: Bearer opaque, x | Authorization: Bearer ***, x",
        "authorization:  basic dTpw | authorization:  basic ***",
        "Proxy-Authorization: Basic dTpw | Proxy-Authorization: Basic ***",
        "Authorization: opaque | Authorization: ***",
        "{\"Authorization\":\"Bearer opaque\",\"x\":1} | {\"Authorization\":\"Bearer ***\",\"x\":1}",
        "{\"Authorization\":[\"Bearer opaque\"]} | {\"Authorization\":[\"Bearer ***\"]}",
        "Field[name=Authorization, value=Bearer opaque] | Field[name=Authorization, value=Bearer ***]",
        "refused Bearer 0paque-token | refused Bearer ***",
        // user information
        "ws://user:secret@host:80/x | ws://user:***@host:80/x",
        "ws:\\/\\/user:secret@host | ws:\\/\\/user:***@host",
        "ws%3A%2F%2Fuser%3Asecret%40host | ws%3A%2F%2Fuser%3A***%40host",
        "http://user:p%40w@host | http://user:***@host",
        "http://user:se@cret@host | http://user:***@host",
        "http://user:se/cret@host/x | http://user:***@host/x",
        "http://s3cret-token@host | http://***@host"
      })
  void whatIsSecretIsMasked(String text, String masked) {
    assertThat(Secrets.mask(text)).isEqualTo(masked);
    assertThat(Secrets.mask(masked)).as("masked again").isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=b, code=1011, sig=x, the code=500",
        "GET /client/hubs/chat?id=1&codec=x&group=a=b",
        "{\"type\":\"message\",\"data\":\"eyJhIjoxfQ==\"}",
        "{\"Authorization\":\"\",\"accessToken\":\"\"}",
        "access_token=… AccessKey=… and access_token in the query",
        "no bearer token in the Authorization header, or another scheme: Bearer authentication",
        "Bearer error_description=\"it is expired\"",
        "Access-Control-Allow-Headers: Authorization,Content-Type",
        "--access-key: the access key must have at least 32 bytes",
        "http://host:8080/@me and http://[::1]:8080/@me and a@b.example",
        "ws://127.0.0.1:8080/client/hubs/hub and ssh://git@host",
        "C:\\users\\new %zz %e4%f6 100% \\u12 \\",
        "the key.name of a view.html, eyewitness. newest."
      })
  void everythingElseStays(String text) {
    assertThat(Secrets.mask(text)).isSameAs(text);
  }

  @Test
  void aLongTextIsCutInItsMiddleWithItsLength() {
    assertThat(Secrets.cut("a".repeat(50) + "b".repeat(50), 10))
        .isEqualTo("aaaaa … (100 characters) … bbbbb");
    assertThat(Secrets.cut("x".repeat(10), 10)).isEqualTo("xxxxxxxxxx");
    assertThat(Secrets.cut("ab " + JWT, 10)).isEqualTo("ab ***");
    assertThat(Secrets.beginning("abcdef", 3, " …")).isEqualTo("abc …");
    assertThat(Secrets.beginning("ab " + JWT, 6, " …")).isEqualTo("ab ***");
  }

  @Test
  void aPartOfATextShowsNoPartOfASecret() {
    String text = "before " + JWT + " after";

    assertThat(Secrets.part(text, 0, 12)).isEqualTo("before ***");
    assertThat(Secrets.part(text, 20, 40)).isEqualTo("***");
    assertThat(Secrets.part(text, 30, text.length())).isEqualTo("*** after");
    assertThat(Secrets.part(text, 0, 7)).isEqualTo("before ");
  }

  @Test
  void aHeaderThatAuthorizesShowsItsSchemeOnly() {
    assertThat(Secrets.header("authorization", "Bearer a b c")).isEqualTo("Bearer ***");
    assertThat(Secrets.header("Proxy-Authorization", "basic dTpw")).isEqualTo("basic ***");
    assertThat(Secrets.header("Authorization", "opaque opaque")).isEqualTo("***");
    assertThat(Secrets.header("X-Other", "a " + JWT)).isEqualTo("a ***");
    assertThat(Secrets.header("X-Other", "Bearer of news")).isEqualTo("Bearer of news");
  }

  @Test
  void hexadecimalDigitsOfASecretAreMasked() {
    assertThat(Secrets.hex("a ?access_token=xyz&".getBytes(UTF_8), 64))
        .isEqualTo("61 20 3f 61 63 63 65 73 73 5f 74 6f 6b 65 6e 3d ** ** ** 26");
    assertThat(Secrets.hex(JWT.getBytes(UTF_8), 4)).isEqualTo("** ** ** **");
    assertThat(Secrets.hex(new byte[] {0, -1, '%'}, 64)).isEqualTo("00 ff 25");
  }

  @Test
  void anExceptionThatTellsASecretIsReplacedByOneThatDoesNot() {
    IOException failure = new IOException("no " + JWT, new IOException("Bearer is " + JWT));
    failure.addSuppressed(new IOException("http://user:secret@host"));
    Throwable masked = Secrets.mask(failure);

    assertThat(masked).isInstanceOf(IOException.class);
    assertThat(masked.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(Pieces.shownBy(masked))
        .contains("java.io.IOException: no ***", "Bearer is ***", "http://user:***@host")
        .doesNotContain("secret@")
        .satisfies(Pieces.noneOf(JWT));
  }

  @Test
  void anExceptionThatTellsNoneStays() {
    ConnectException failure = new ConnectException("Connection refused");
    IOException circle = new IOException("a", new IOException("b", failure));
    failure.initCause(circle);

    assertThat(Secrets.mask(circle)).isSameAs(circle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJ",
        "eyJa.",
        ".",
        "access_token=",
        "AccessKey=a ",
        "\"reconnectionToken\":\"\\\"",
        "://",
        "://a:b/",
        "://a@",
        "Bearer ",
        "Authorization:",
        "%25",
        "\\\\",
        "\\u0025",
        "?code=",
        "a",
        "x",
        "access_token [",
        "accessToken: ",
        "%",
        "Bearer a=\""
      })
  void nastyTextsAreReadInOnePass(String piece) {
    String text = piece.repeat((1 << 20) / piece.length());

    String masked = Secrets.mask(text);

    assertThat(masked.length()).isLessThanOrEqualTo(4 * text.length());
  }
}
