package org.lsat.example;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Gives the server's own refusals (no such path, method, type) a body like ours; theirs differs from server to server. */
@Provider
public class ProblemMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException exception) {
        Response response = exception.getResponse();
        StatusType status = response.getStatusInfo();
        if (response.hasEntity() || status.getStatusCode() < 400) {
            return response;
        }
        return Response.fromResponse(response)
                .type(Problem.TYPE)
                .entity(Problem.body(status, detail(status)))
                .build();
    }

    private static String detail(StatusType status) {
        return switch (status.getStatusCode()) {
            case 404 -> "There is nothing here; the page at / says what there is.";
            case 406 -> "This resource has no form that the Accept field allows.";
            case 415 -> "Send the body as application/json.";
            default -> "";
        };
    }
}
