package io.github.webpubsubtestkit.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The cookies of a connection")
class CookieJarTest {

  private static final Instant NOW = Instant.parse("2026-08-21T09:05:07Z");

  private final CookieJar jar = new CookieJar();

  private void store(String from, String... lines) {
    jar.store(URI.create(from), List.of(lines), NOW);
  }

  private String sent(String to, Instant at) {
    return String.valueOf(jar.header(URI.create(to), at));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          http://h/eh/connect ~ a=1 ~ http://h/eh/ev ~ a=1
          http://h/eh/connect ~ a=1 ~ http://h:99/eh ~ a=1
          http://h/eh/connect ~ a=1 ~ http://h/ehx ~ null
          http://h/eh/connect ~ a=1 ~ http://other/eh/ev ~ null
          http://h ~ a=1; Path=nonsense ~ http://h/x/y ~ a=1
          http://h/eh/connect ~ a=1; Path=/ ~ http://h/other ~ a=1
          http://h/eh/connect ~ a=1; path=/b/ ~ http://h/b/c ~ a=1
          http://h/eh/connect ~ a=1; path=/b/ ~ http://h/b ~ null
          http://h/ ~ a=1; HttpOnly; SameSite=Lax ~ http://H/ ~ a=1
          http://h/ ~ a=1; Secure ~ http://h/ ~ null
          http://a.b.example/ ~ a=1; Domain=.b.example ~ http://c.b.example/ ~ a=1
          http://a.b.example/ ~ a=1; Domain=b.example ~ http://xb.example/ ~ null
          http://a.b.example/ ~ a=1 ~ http://c.a.b.example/ ~ null
          http://a.b.example/ ~ a=1; Domain=other.example ~ http://a.b.example/ ~ null
          http://127.0.0.1/ ~ a=1; Domain=0.0.1 ~ http://127.0.0.1/ ~ null
          http://h/ ~ a=1; Max-Age=60 ~ http://h/ ~ a=1
          http://h/ ~ a=1; Max-Age=0 ~ http://h/ ~ null
          http://h/ ~ a=1; Max-Age=99999999999999999 ~ http://h/ ~ a=1
          http://h/ ~ a=1; Max-Age=x ~ http://h/ ~ a=1
          http://h/ ~ a=1; Expires=Fri, 21 Aug 2026 09:05:06 GMT ~ http://h/ ~ null
          http://h/ ~ a=1; Expires=Fri, 21-Aug-2026 09:05:06 GMT ~ http://h/ ~ null
          http://h/ ~ a=1; Expires=Fri, 21 Aug 2026 09:05:06 GMT; Max-Age=9 ~ http://h/ ~ a=1
          http://h/ ~ a=1; Max-Age=9; Expires=Fri, 21 Aug 2026 09:05:06 GMT ~ http://h/ ~ a=1
          http://h/ ~ a=1; Expires=tomorrow ~ http://h/ ~ a=1
          http://h/ ~ a="x y=z" ~ http://h/ ~ a="x y=z"
          http://h/ ~ nonsense ~ http://h/ ~ null
          http://h/ ~ =1 ~ http://h/ ~ null
          """)
  void goWhereTheyBelong(String from, String line, String to, String sent) {
    store(from, line);

    assertThat(sent(to, NOW)).isEqualTo(sent);
  }

  @Test
  void expire() {
    store("http://h/", "a=1; Max-Age=60", "b=2");

    assertThat(sent("http://h/", NOW.plusSeconds(59))).isEqualTo("a=1; b=2");
    assertThat(sent("http://h/", NOW.plusSeconds(60))).isEqualTo("b=2");
  }

  @Test
  void replaceAndRemoveEachOther() {
    store("http://h/", "a=1", "b=2");
    store("http://h/", "a=3");
    assertThat(sent("http://h/", NOW)).isEqualTo("b=2; a=3");

    store("http://h/", "b=; Max-Age=-1");
    assertThat(sent("http://h/", NOW)).isEqualTo("a=3");
  }

  @Test
  void comeWithTheLongestPathFirst() {
    store("http://h/", "a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x");

    assertThat(sent("http://h/x/y/z", NOW)).isEqualTo("b=2; c=3; a=1");
  }

  @Test
  void areNotKeptWithoutBound() {
    store(
        "http://h/", IntStream.range(0, 100).mapToObj(i -> "c" + i + "=1").toArray(String[]::new));

    assertThat(sent("http://h/", NOW).split("; ", -1)).hasSize(50);
  }
}
