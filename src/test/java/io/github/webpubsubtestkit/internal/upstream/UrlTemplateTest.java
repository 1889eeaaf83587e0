package io.github.webpubsubtestkit.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The URL template of an event handler")
class UrlTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          http://h/x/{hub}/{event}?code=s%2F1&h={hub} ~ http://h/x/chat/ev?code=s%2F1&h=chat
          http://h/x/{HUB}/{Event} ~ http://h/x/chat/ev
          HTTP://127.0.0.1:7071 ~ HTTP://127.0.0.1:7071
          http://[::1]:7071/a?{event} ~ http://[::1]:7071/a?ev
          http://h?{event} ~ http://h?ev
          """)
  void isResolved(String template, String url) {
    assertThat(UrlTemplate.parse(template).resolve("Chat", "ev")).isEqualTo(URI.create(url));
    assertThat(UrlTemplate.parse(template)).hasToString(template);
  }

  @ParameterizedTest
  @CsvSource({"chat[1],a.b-c_d,chat%5B1%5D/a.b-c_d", "a`b,EV,a%60b/EV", "h,é,h/%C3%A9"})
  void getsItsValuesEncoded(String hub, String event, String path) {
    assertThat(UrlTemplate.parse("http://h/{hub}/{event}").resolve(hub, event))
        .isEqualTo(URI.create("http://h/" + path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          ftp://x ~ must be an absolute URL that begins with http:// or https://
          /eh/connect ~ must be an absolute URL that begins with http:// or https://
          http:x ~ must be an absolute URL that begins with http:// or https://
          '' ~ must be an absolute URL that begins with http:// or https://
          wss://x/ ~ must be an absolute URL that begins with http:// or https://
          http://{hub}.x/ ~ has a parameter in its host; only path and query may have them
          http://x:{event} ~ has a parameter in its host; only path and query may have them
          http://x/{foo} ~ has the parameter {foo}, but there are only {hub} and {event}
          http://x/{} ~ has the parameter {}, but there are only {hub} and {event}
          http://x/{@Microsoft.KeyVault(SecretUri=y)} ~ names a secret of Azure Key Vault, which this fake cannot read
          http://x/{hub ~ has a { without its }
          http://x/hub} ~ has a } without its {
          http://x/a b ~ is no URL: Illegal character in path
          http://x/é ~ has characters that a URL has only percent-encoded
          http://u@x/ ~ has user information before its host
          http:///x ~ has no valid host
          http://my_host/ ~ has no valid host
          http://x:0/ ~ has a port that is not 1 to 65,535
          http://x:65536/ ~ has a port that is not 1 to 65,535
          http://x/#a ~ has a fragment, which is never sent
          """)
  void isRefused(String template, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UrlTemplate.parse(template))
        .withMessageStartingWith(
            "the URL template of an event handler \"" + template + "\" " + rule);
  }

  @Test
  @DisplayName("the refusal of a template with a password does not show it")
  void masksAPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UrlTemplate.parse("http://u:p@x/"))
        .withMessage(
            "the URL template of an event handler \"http://u:***@x/\" has user information before its"
                + " host");
  }
}
