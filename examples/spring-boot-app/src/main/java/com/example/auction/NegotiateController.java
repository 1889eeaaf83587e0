package com.example.auction;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Tells browsers where to connect. */
@RestController
class NegotiateController {

  private final WebPubSubServiceClient webPubSub;

  NegotiateController(WebPubSubServiceClient webPubSub) {
    this.webPubSub = webPubSub;
  }

  @GetMapping("/negotiate")
  Map<String, String> negotiate(@RequestParam String user, @RequestParam String lot) {
    String url =
        webPubSub.getClientAccessToken(new GetClientAccessTokenOptions().setUserId(user)).getUrl();
    return Map.of(
        "url", UriComponentsBuilder.fromUriString(url).queryParam("lot", lot).toUriString());
  }
}
