package io.github.webpubsubtestkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestTokensTest {

  private static final String KEY = "fake-access-key-for-unit-tests-0123456789+/=";

  @Test
  @DisplayName("the test vector of client-protocols B.7 comes out byte by byte")
  void testVector() {
    String token =
        TestTokens.empty()
            .audience("http://localhost:8080/client/hubs/chat")
            .claim("exp", 4102444800L)
            .user("alice")
            .roles("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup")
            .groups("g")
            .signedBy(KEY);

    assertThat(token)
        .isEqualTo(
            "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJodHRwOi8vbG9jYWxob3N0OjgwODAvY2xpZW50L2h1YnMvY2hhdCIsImV4cCI6"
                + "NDEwMjQ0NDgwMCwic3ViIjoiYWxpY2UiLCJyb2xlIjpbIndlYnB1YnN1Yi5qb2luTGVhdmVHcm91cCIsIndlYnB1YnN1"
                + "Yi5zZW5kVG9Hcm91cCJdLCJ3ZWJwdWJzdWIuZ3JvdXAiOlsiZyJdfQ"
                + ".crIjGabyXyaN5Ci-Y_jl6Y_jIL1SY7mp-svEVysSo7Y");
  }

  @Test
  @DisplayName("a token without signature says so in its header and ends in a dot")
  void unsignedToken() {
    // {"alg":"none"} in base64url
    assertThat(TestTokens.empty().unsigned()).isEqualTo("eyJhbGciOiJub25lIn0.e30.");
  }

  @Test
  @DisplayName("another key or algorithm gives another signature")
  void signatureDependsOnKeyAndAlgorithm() {
    String good = TestTokens.empty().signedBy(KEY);

    assertThat(TestTokens.empty().signedBy(KEY + "x")).isNotEqualTo(good);
    // {"alg":"HS512"} in base64url; 64 bytes of signature are 86 characters
    assertThat(TestTokens.empty().signedHs512By(KEY))
        .matches("eyJhbGciOiJIUzUxMiJ9\\.e30\\.[A-Za-z0-9_-]{86}");
  }
}
