package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.HUB;
import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Client-protocols L.10: the rows that a Java kit can run. */
class OfficialServerSdkConformanceTest {

  @Test
  @DisplayName(
      "C277 a URL of the official server SDK connects with its user, roles and groups in force")
  void clientAccessUrl() {
    try (FakeFixture fixture = FakeFixture.start()) {
      WebPubSubServiceClient sdk =
          new WebPubSubServiceClientBuilder()
              .connectionString(fixture.fake().connectionString())
              .hub(HUB)
              .buildClient();
      GetClientAccessTokenOptions options =
          new GetClientAccessTokenOptions()
              .setUserId("alice")
              .setRoles(List.of("webpubsub.joinLeaveGroup.a"))
              .setGroups(List.of("g"));
      URI url = URI.create(sdk.getClientAccessToken(options).getUrl());
      assertThat(url.getScheme()).isEqualTo("ws");
      assertThat(url.getAuthority()).isEqualTo(fixture.authority());

      WireJsonClient client =
          fixture.openJson(
              UpgradeRequest.to(url.getRawPath() + "?" + url.getRawQuery()).offering(JSON));

      assertThat(client.connected()).contains(json("'userId':'alice'"));
      client.send(json("{'type':'joinGroup','group':'a','ackId':1}"));
      client.expectAck(1);
      client.send(json("{'type':'joinGroup','group':'b','ackId':2}"));
      client.expectForbidden(2, "join", "b");
      fixture.rest().sendText(group("g"), "hi");
      client.expect(
          json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
    }
  }
}
