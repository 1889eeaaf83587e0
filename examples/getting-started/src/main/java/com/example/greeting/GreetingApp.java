package com.example.greeting;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;

/** The application under test. It knows Azure's server SDK, and nothing of the test kit. */
public class GreetingApp {

  private final WebPubSubServiceClient webPubSub;

  public GreetingApp(String connectionString) {
    webPubSub =
        new WebPubSubServiceClientBuilder()
            .connectionString(connectionString)
            .hub("hub")
            .buildClient();
  }

  public void welcome(String userId) {
    webPubSub.sendToUser(userId, "Hello, " + userId, WebPubSubContentType.TEXT_PLAIN);
  }
}
