package org.lsat.jaxrs;

import jakarta.servlet.Servlet;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** Finds annotations in places where they would do nothing; to be loaded only where there is Jakarta REST. */
final class PlacementCheck {

    private final AnnotatedElements elements;
    private final RestAnnotations rest;

    private PlacementCheck(AnnotatedElements elements) {
        this.elements = elements;
        this.rest = new RestAnnotations(elements.type());
    }

    static List<String> faults(AnnotatedElements elements) {
        return new PlacementCheck(elements).faults();
    }

    private List<String> faults() {
        Class<?> type = elements.type();
        Terms ofType = Terms.on(type);
        if (Servlet.class.isAssignableFrom(type)) {
            return List.of(type.getName() + " is annotated, and a servlet, which no annotation prices: "
                    + "take it away, and price the path: " + pathInstead(ofType));
        }
        List<String> faults = new ArrayList<>();
        if (!ofType.isSilent() && !rest.isToBeExtended() && !rest.isResource()) {
            faults.add(
                    ofType + " on " + type.getName() + ": no class of resources, since neither it nor what it inherits"
                            + " has a @Path or a method with @GET or the like; put it on one, or price a path: "
                            + pathInstead(ofType));
        }
        elements.methods().forEach(method -> check(method, faults));
        return faults;
    }

    private void check(Method method, List<String> faults) {
        Terms terms = Terms.on(method);
        boolean answers = rest.method(method).isPresent();
        if (!answers && rest.path(method).isPresent()) {
            faults.add(terms + " on " + elements.name(method)
                    + ": a sub-resource locator answers nothing itself; put it on the class that it returns,"
                    + " or on that class's methods");
        } else if (!answers && !(rest.isToBeExtended() && Hierarchy.isInherited(method))) {
            faults.add(terms + " on " + elements.name(method)
                    + ": no resource method, since neither it nor what it overrides has @GET or the like;"
                    + " put it on one, or price a path: " + pathInstead(terms));
        }
    }

    /** What to configure in the place of an annotation. */
    static String pathInstead(Terms terms) {
        return "lsat.rules." + terms.rule().orElse("<name>") + ".path=/…";
    }
}
